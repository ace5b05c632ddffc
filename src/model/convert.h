#pragma once

#include <filesystem>

#include "model/implementation.h"

namespace sbert {

/// Writes `model`, which was loaded from `from`, as a new directory `to` in today's layout, with weights of `dtype`.
/// Files beside the model's own (a README, a licence, a tokenizer's other formats) come along; weights in other
/// formats, which nothing would keep equal, do not. `from` is only read. THROWS: invalid_argument if `to` is there
/// already or lies in `from`; io; unsupported as write_model.
void convert_model(const ModelImplementation& model, const std::filesystem::path& from, const std::filesystem::path& to,
                   StoredDType dtype);

}  // namespace sbert
