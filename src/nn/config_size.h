#pragma once

#include <initializer_list>
#include <string>

#include "base/json.h"

namespace sbert::nn {

/// A dimension, or how many there are of something, under the first of `keys` that is there (later ones are what older
/// versions of sentence-transformers say). THROWS: corrupt_data unless it is positive and so small that the product of
/// two cannot overflow.
int64_t config_size(const Json& config, std::initializer_list<const char*> keys, const std::string& where);

}  // namespace sbert::nn
