#include "data/text_table.h"

namespace sbert {

bool TextTable::next(std::vector<Value>& row) {
  std::string line;
  if (!lines_.next(line)) return false;
  text::remove_carriage_return(line);
  row.clear();
  row.emplace_back(std::move(line));
  return true;
}

}  // namespace sbert
