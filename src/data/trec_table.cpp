#include "data/trec_table.h"

#include <array>

#include "base/fail.h"

namespace sbert {

bool TrecTable::next(std::vector<Value>& row) {
  std::string line;
  if (!lines_.next(line)) return false;
  text::remove_carriage_return(line);
  const size_t blank = line.find(' '), colon = line.find(':');
  if (blank == std::string::npos || colon > blank) {
    fail(ErrorCode::corrupt_data, where(), ": should be 'COARSE:fine text'");
  }
  const std::array cells{line.substr(0, colon), line.substr(0, blank), line.substr(blank + 1)};
  row.clear();
  for (const size_t column : selection_)
    row.emplace_back(cells[column]);
  return true;
}

}  // namespace sbert
