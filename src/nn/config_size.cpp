#include "nn/config_size.h"

#include <algorithm>

#include "base/fail.h"

namespace sbert::nn {

int64_t config_size(const Json& config, std::initializer_list<const char*> keys, const std::string& where) {
  const auto* found = std::find_if(keys.begin(), keys.end(), [&](const char* key) { return config.contains(key); });
  const char* key = found == keys.end() ? *keys.begin() : *found;
  const auto size = json_required<int64_t>(config, key, where);
  if (size <= 0 || size > (int64_t{1} << 24)) {
    fail(ErrorCode::corrupt_data, where, ": '", key, "' is ", size, ", which makes no sense");
  }
  return size;
}

}  // namespace sbert::nn
