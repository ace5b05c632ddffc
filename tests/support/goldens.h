#pragma once

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "model/safetensors.h"
#include "support/test_data.h"

namespace sbert::test {

/// Numbers that the reference made; what they are is in README.md of each folder of tests/goldens.
inline std::filesystem::path golden_path(const std::string& folder, const std::string& name) {
  return goldens_directory() / folder / name;
}
inline std::filesystem::path engine_golden(const std::string& name) {
  return golden_path("engine", name);
}

inline Json golden_json(const std::string& name) {
  return read_json_file(engine_golden(name));
}

/// A file of golden tensors.
class GoldenTensors {
 public:
  explicit GoldenTensors(const std::string& name, const std::string& folder = "engine")
      : file_(golden_path(folder, name)) {}

  const std::vector<StoredTensor>& all() const { return file_.tensors(); }
  bool has(const std::string& name) const {
    for (const auto& tensor : file_.tensors()) {
      if (tensor.name == name) return true;
    }
    return false;
  }
  const StoredTensor& stored(const std::string& name) const {
    for (const auto& tensor : file_.tensors()) {
      if (tensor.name == name) return tensor;
    }
    throw std::out_of_range("no golden tensor " + name);
  }
  std::vector<float> values(const std::string& name) const {
    const auto& tensor = stored(name);
    std::vector<float> out(tensor.bytes.size() / 4);
    copy_as_float(tensor, out.data());
    return out;
  }

 private:
  SafetensorsFile file_;
};

/// Largest |a - b|; where `relative`, as a part of the largest |b|.
template <class A, class B>
double max_difference(const A& a, const B& b, bool relative = false) {
  double difference = 0;
  double largest = 0;
  for (size_t i = 0; i < b.size(); ++i) {
    difference = std::max(difference, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    largest = std::max(largest, std::abs(static_cast<double>(b[i])));
  }
  return relative ? difference / largest : difference;
}

}  // namespace sbert::test
