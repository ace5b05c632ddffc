#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "losses/loss.h"
#include "losses/registry.h"
#include "support/goldens.h"

namespace sbert::test {

/// One entry of tests/goldens/losses/cases.json; the README there says what it is.
struct LossCase {
  Json description;

  std::string name() const { return description.at("name").get<std::string>(); }
  std::string loss() const { return description.at("loss").get<std::string>(); }
  size_t columns() const { return description.at("columns").get<size_t>(); }
  double value() const { return description.at("value").get<double>(); }
  int64_t layers() const { return description.at("layers").get<int64_t>(); }
  bool smooth() const { return description.at("smooth").get<bool>(); }
};

inline std::ostream& operator<<(std::ostream& out, const LossCase& loss_case) {
  return out << loss_case.name();
}

inline std::filesystem::path loss_golden(const std::string& name) {
  return goldens_directory() / "losses" / name;
}

inline std::vector<LossCase> loss_cases() {
  std::vector<LossCase> cases;
  for (const Json& description : read_json_file(loss_golden("cases.json")))
    cases.push_back({description});
  return cases;
}

/// The tensors of one case.
class LossTensors {
 public:
  explicit LossTensors(std::string prefix) : prefix_(std::move(prefix)), file_(loss_golden("cases.safetensors")) {}

  /// In the scalar `dtype`; undefined if the case has none of that name.
  Tensor operator()(const std::string& name, DType dtype) const {
    for (const StoredTensor& stored : file_.tensors()) {
      if (stored.name != prefix_ + "." + name) continue;
      std::vector<float> values(stored.bytes.size() / sizeof(float));
      copy_as_float(stored, values.data());
      const Tensor tensor = Tensor::empty(stored.shape[0], stored.shape[1], dtype);
      with_scalar(dtype, [&](auto zero) {
        using T = decltype(zero);
        std::transform(values.begin(), values.end(), tensor.data<T>(), [](float value) { return T{value}; });
      });
      return tensor;
    }
    return {};
  }

 private:
  std::string prefix_;
  SafetensorsFile file_;
};

}  // namespace sbert::test
