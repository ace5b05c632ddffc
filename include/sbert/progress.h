#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace sbert {

/// How far a long operation is. `total` 0 means unknown.
struct Progress {
  std::string_view stage;  ///< "encode", "train", "evaluate", ...; lives during the call only
  uint64_t done = 0;
  uint64_t total = 0;
  std::string_view unit;    ///< "texts", "steps", ...
  std::string_view detail;  ///< e.g. "loss 0.1234  2,950 tok/s"; may be empty
};

/// Called from the thread that called the library, never concurrently. The library itself never prints.
using ProgressCallback = std::function<void(const Progress&)>;

/// Called, from the thread that called the library, with a line that a person may want to read.
using NoticeCallback = std::function<void(const std::string&)>;

}  // namespace sbert
