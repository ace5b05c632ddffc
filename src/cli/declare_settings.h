#pragma once

#include <algorithm>
#include <optional>
#include <string>

#include "cli/flags.h"

namespace sbert::cli {

/// Visits settings (see tables.h) and declares a flag for each: key `batch_size` is --batch-size, a switch `resume` is
/// --resume; one that is on by default, `shuffle`, is --no-shuffle (and --shuffle, for a config file that says
/// otherwise).
class DeclareFlags {
 public:
  explicit DeclareFlags(Flags& flags) : flags_(flags) {}

  template <class T>
  void operator()(const std::string& key, const std::string& placeholder, T& field, const std::string& help) {
    flags_.value("--" + dashed(key), placeholder, field, help);
  }
  void operator()(const std::string& key, const std::string&, bool& field, const std::string& help) {
    flags_.toggle("--" + dashed(key), field, help);
  }
  void operator()(const std::string& key, const std::string&, std::optional<bool>& field, const std::string& help) {
    flags_.toggle("--no-" + dashed(key), field, help, false);
    flags_.toggle("--" + dashed(key), field, "", true);
  }

 private:
  static std::string dashed(std::string key) {
    std::replace(key.begin(), key.end(), '_', '-');
    return key;
  }

  Flags& flags_;
};

}  // namespace sbert::cli
