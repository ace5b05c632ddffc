#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sbert/dataset.h>

#include "base/files.h"
#include "data/parquet/bits.h"
#include "data/parquet/schema.h"
#include "data/parquet/value_decoder.h"

namespace sbert::parquet {

/// One column of one row group, entry by entry, a page at a time. An entry is a value, or says that there is none: the
/// levels say at which depth (see Node).
class ColumnReader {
 public:
  /// `leaf` must outlive this. THROWS (as all of it): corrupt_data, unsupported.
  ColumnReader(std::shared_ptr<const MappedFile> file, const Node& leaf, const ColumnChunk& chunk);

  bool at_end() const { return ended_; }
  // Of the entry this stands at. REQUIRES: !at_end().
  unsigned repetition() const { return repetition_; }
  unsigned definition() const { return definition_; }
  /// Goes to the next entry. -> the value of the one before; nothing if it had none.
  Value take();

 private:
  void next_entry();
  /// False if there is none.
  bool next_page();
  void begin_page(const PageHeader& header, std::string_view bytes);
  void begin_page_v2(const PageHeader& header, std::string_view bytes);
  void read_dictionary(const PageHeader& header, std::string_view bytes);
  std::string_view take_levels(std::string_view& bytes, unsigned most) const;

  std::shared_ptr<const MappedFile> file_;
  const Node& leaf_;
  Codec codec_;
  std::string_view left_;  // of the chunk
  std::vector<std::string> dictionary_;
  std::string page_;
  std::optional<RunReader> repetitions_, definitions_;
  std::unique_ptr<ValueDecoder> values_;
  uint64_t entries_ = 0;  // left in the page
  unsigned repetition_ = 0, definition_ = 0;
  bool ended_ = false;
};

}  // namespace sbert::parquet
