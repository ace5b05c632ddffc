#pragma once

#include <string_view>
#include <vector>

#include "base/json.h"

namespace sbert::cli {

// How parameters of losses and modules are written behind a flag: "loss=CoSENTLoss,matryoshka_dims=[32,8]".

/// `text` cut at separators that are not inside brackets.
std::vector<std::string_view> split_outside_brackets(std::string_view text, char separator);

/// "20", "true", "dot_score" or "[384,128]"
Json option_value(std::string_view text);

}  // namespace sbert::cli
