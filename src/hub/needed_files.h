#pragma once

#include <string>
#include <vector>

#include "hub/listing.h"

namespace sbert::hub {

/// Of the files of a model's repository, those that some sentence-transformers, this one or Python's, may read: not the
/// same weights once more for another framework, nor pictures.
std::vector<RepoFile> needed_files(const std::vector<RepoFile>& files);

}  // namespace sbert::hub
