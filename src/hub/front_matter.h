#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::hub {

/// The YAML with which a README.md begins, between two lines "---".
std::optional<std::string_view> front_matter(std::string_view readme);

/// Its `language`: one or several. None if it has no such entry, or is no YAML: a card tells, it does not decide.
std::vector<std::string> languages_of(const std::string& readme);

/// The text of a README.md whose front matter names these data sets, beside those it names already. All but this entry
/// stays as it is, to the byte. THROWS: invalid_argument for a name that no data set can have; corrupt_data naming
/// `where` if the front matter is no YAML or does not end, or its `datasets` are no list of names.
std::string with_datasets(const std::string& readme, const std::vector<std::string>& datasets,
                          const std::string& where);

}  // namespace sbert::hub
