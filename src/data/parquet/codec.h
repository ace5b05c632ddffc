#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "data/parquet/metadata.h"

namespace sbert::parquet {

/// `bytes` of a page as they were, which is `size` bytes.
/// THROWS: corrupt_data if they are not; unsupported for codecs that nothing writes any more.
std::string decompress(Codec codec, std::string_view bytes, size_t size);

}  // namespace sbert::parquet
