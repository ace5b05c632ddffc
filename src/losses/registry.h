#pragma once

#include <span>
#include <string>
#include <vector>

#include <sbert/losses.h>
#include <sbert/sentence_transformer.h>

#include "base/json.h"
#include "losses/entries.h"

namespace sbert::losses {

/// All losses, in alphabetical order.
std::span<const LossEntry* const> all_losses();

/// Their names.
std::vector<std::string> loss_names();

/// The loss called `name`, as in sentence-transformers, with `options` (an object of its parameters).
/// THROWS: invalid_argument for a name or an option that does not exist, naming those that do.
Loss make_loss(const std::string& name, const Json& options, const SentenceTransformer& model);

}  // namespace sbert::losses
