#pragma once

#include <string>
#include <vector>

#include "hub/listing.h"

namespace sbert {

/// Of the files of a model's repository, those that some sentence-transformers, this one or Python's, may read: not the
/// same weights once more for another framework, nor pictures.
std::vector<hub::RepoFile> needed_files(const std::vector<hub::RepoFile>& files);

}  // namespace sbert
