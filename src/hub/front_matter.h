#pragma once

#include <string>
#include <vector>

namespace sbert::hub {

/// The text of a README.md whose front matter (YAML between two lines "---") names these data sets, beside those it
/// names already. All else stays as it is. THROWS: corrupt_data naming `where` if `datasets` is there and is no plain
/// list, or the front matter does not end.
std::string with_datasets(const std::string& readme, const std::vector<std::string>& datasets,
                          const std::string& where);

}  // namespace sbert::hub
