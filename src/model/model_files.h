#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

namespace sbert {

/// Whether a file of this name, in a model's directory or a module's, is part of the model: what is read, by us or by
/// Python, when the model is opened.
bool is_model_file(std::string_view name);

/// The files of the model that a directory holds, relative to it, also those for other programs (ONNX, OpenVINO), which
/// hold weights, too. Other files beside them are not listed.
std::vector<std::filesystem::path> list_model_files(const std::filesystem::path& directory);

/// Moves a whole model, in a directory right below `target`, to `target` itself. At every moment `target` opens as what
/// it held before or as the new model: modules.json names the modules below, until all of them are at their places.
/// Files of the model before that the new one does not have are removed, all others stay; what is replaced keeps owner,
/// group and permissions. THROWS: io.
void replace_model(const std::filesystem::path& fresh, const std::filesystem::path& target);

}  // namespace sbert
