#pragma once

#include <span>
#include <string>
#include <vector>

namespace sbert::report {

/// BibTeX entries of the papers behind these losses, each once, after that of sentence-transformers itself.
std::vector<std::string> citations(std::span<const std::string> losses);

}  // namespace sbert::report
