#include "data/text_table.h"

namespace sbert {

bool TextTable::next(std::vector<Cell>& row) {
  std::string line;
  if (!lines_.next(line)) return false;
  remove_carriage_return(line);
  row.assign(copies_, line);
  return true;
}

}  // namespace sbert
