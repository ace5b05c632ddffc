#pragma once

#include <filesystem>
#include <functional>

#include "model/implementation.h"

namespace sbert {

/// Writes `model`, which was loaded from `from`, as a new directory `to` in today's layout, with weights of `dtype`.
/// Files beside the model's own (a README, a licence, a tokenizer's other formats) come along; weights in other
/// formats, which nothing would keep equal, do not. `from` is only read. `on_tensor`: see write_model.
/// THROWS: as require_new; io; unsupported as write_model.
void convert_model(const ModelImplementation& model, const std::filesystem::path& from, const std::filesystem::path& to,
                   StoredDType dtype, const std::function<void()>& on_tensor = {});

/// THROWS: invalid_argument if `to` is there already and is not an empty directory, or lies in the directory `from`.
void require_new(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace sbert
