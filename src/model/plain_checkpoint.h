#pragma once

#include <filesystem>
#include <vector>

#include <sbert/hub.h>

#include "model/implementation.h"

namespace sbert {

/// What a directory without modules.json is, as Python has it: the tables of model2vec, or a Hugging Face checkpoint
/// with pooling, of which `notice` is told. THROWS: not_found if it is neither; unsupported if the checkpoint has a
/// head for which it was trained and without which its vectors mean nothing.
std::vector<LoadedModule> load_plain_checkpoint(const std::filesystem::path& directory, const NoticeCallback& notice);

}  // namespace sbert
