#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace sbert {

/// The files that "DIR" or "DIR:split" means, as load_dataset finds them: without a split, those of "train", or of the
/// only one. None, if `data` names no directory. THROWS: not_found, naming the splits there are; what load_dataset
/// throws.
std::vector<std::filesystem::path> find_local_split(const std::string& data);

}  // namespace sbert
