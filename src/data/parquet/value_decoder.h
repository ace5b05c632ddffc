#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/dataset.h>

#include "data/parquet/metadata.h"

namespace sbert::parquet {

/// The values of one page, one after the other, in their raw form: what the plain encoding would have, for texts
/// without their lengths.
class ValueDecoder {
 public:
  virtual ~ValueDecoder() = default;
  /// Valid until the next call. THROWS: corrupt_data.
  virtual std::string_view next() = 0;
};

/// `bytes` and `dictionary` must outlive the decoder. THROWS: corrupt_data; unsupported if columns of this type do not
/// come in this encoding.
std::unique_ptr<ValueDecoder> make_decoder(Encoding encoding, const SchemaElement& column, std::string_view bytes,
                                           const std::vector<std::string>& dictionary);

/// What a raw value means. THROWS: corrupt_data for texts that are not UTF-8; unsupported.
Value value_of(std::string_view raw, const SchemaElement& column);

}  // namespace sbert::parquet
