#pragma once

#include <cstdint>
#include <vector>

namespace sbert::nn {

/// Bucket of every distance j - i from -(length - 1) to length - 1, of which there are `buckets` (even): half of them
/// for what lies ahead; in each half one for each of the nearest distances, then wider and wider ones up to 128 and
/// beyond (Raffel et al. 2020, section 2.1). As in Python, the logarithms are float.
std::vector<int32_t> relative_buckets(int64_t length, int64_t buckets);

}  // namespace sbert::nn
