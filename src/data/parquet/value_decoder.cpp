#include "data/parquet/value_decoder.h"

#include "base/fail.h"
#include "data/parquet/bits.h"

namespace sbert::parquet {
namespace {

[[noreturn]] void fail_damaged() {
  fail(ErrorCode::corrupt_data, "a page of the Parquet file is damaged");
}

/// Bytes of a value; 0 for booleans and texts.
size_t width_of(const SchemaElement& column) {
  switch (*column.physical) {
    case Physical::int32:
    case Physical::float32:
      return 4;
    case Physical::int64:
    case Physical::float64:
      return 8;
    case Physical::int96:
      return 12;
    case Physical::fixed_byte_array:
      return static_cast<size_t>(column.width);
    case Physical::boolean:
    case Physical::byte_array:
      break;
  }
  return 0;
}

uint32_t read_length(BitReader& in) {
  return static_cast<uint32_t>(in.bits(32));
}

class PlainFixed : public ValueDecoder {
 public:
  PlainFixed(std::string_view bytes, size_t width) : in_(bytes), width_(width) {}
  std::string_view next() override { return in_.bytes(width_); }

 private:
  BitReader in_;
  size_t width_;
};

class PlainTexts : public ValueDecoder {
 public:
  explicit PlainTexts(std::string_view bytes) : in_(bytes) {}
  std::string_view next() override { return in_.bytes(read_length(in_)); }

 private:
  BitReader in_;
};

std::string_view raw_boolean(bool value) {
  return value ? std::string_view("\1", 1) : std::string_view("\0", 1);
}

class PlainBooleans : public ValueDecoder {
 public:
  explicit PlainBooleans(std::string_view bytes) : in_(bytes) {}
  std::string_view next() override { return raw_boolean(in_.bits(1) != 0); }

 private:
  BitReader in_;
};

class RunBooleans : public ValueDecoder {
 public:
  explicit RunBooleans(BitReader in) : runs_(in.bytes(read_length(in)), 1) {}
  std::string_view next() override { return raw_boolean(runs_.next() != 0); }

 private:
  RunReader runs_;
};

class Dictionary : public ValueDecoder {
 public:
  Dictionary(BitReader in, size_t size, const std::vector<std::string>& dictionary)
      : dictionary_(dictionary), width_(static_cast<unsigned>(in.bits(8))), indices_(in.bytes(size - 1), width_) {}
  std::string_view next() override {
    const uint32_t index = indices_.next();
    if (index >= dictionary_.size()) fail_damaged();
    return dictionary_[index];
  }

 private:
  const std::vector<std::string>& dictionary_;
  unsigned width_;
  RunReader indices_;
};

class DeltaIntegers : public ValueDecoder {
 public:
  DeltaIntegers(std::string_view bytes, size_t width) : in_(bytes), width_(width) {}
  std::string_view next() override {
    value_ = in_.next();
    return {reinterpret_cast<const char*>(&value_), width_};  // lowest bytes first, as in the file
  }

 private:
  DeltaReader in_;
  size_t width_;
  int64_t value_ = 0;
};

/// Texts one behind the other, after the lengths of all of them.
class DeltaLengthTexts : public ValueDecoder {
 public:
  explicit DeltaLengthTexts(std::string_view bytes) : lengths_(bytes), texts_(bytes.substr(end_of(lengths_))) {}
  std::string_view next() override { return texts_.bytes(static_cast<uint64_t>(lengths_.next())); }

  /// Where the numbers end that `in` is about to read.
  static size_t end_of(DeltaReader in) {
    for (uint64_t i = 0; i < in.count(); ++i)
      in.next();
    return in.position();
  }

 private:
  DeltaReader lengths_;
  BitReader texts_;
};

/// Texts without what they share with the beginning of the one before.
class DeltaTexts : public ValueDecoder {
 public:
  explicit DeltaTexts(std::string_view bytes)
      : shared_(bytes), ends_(bytes.substr(DeltaLengthTexts::end_of(shared_))) {}
  std::string_view next() override {
    const auto shared = static_cast<uint64_t>(shared_.next());
    if (shared > text_.size()) fail_damaged();
    text_.resize(shared);
    text_ += ends_.next();
    return text_;
  }

 private:
  DeltaReader shared_;
  DeltaLengthTexts ends_;
  std::string text_;
};

/// The first bytes of all values, then the second bytes, ...
class SplitStreams : public ValueDecoder {
 public:
  SplitStreams(std::string_view bytes, size_t width)
      : bytes_(bytes), count_(width == 0 ? 0 : bytes.size() / width), value_(width, '\0') {}
  std::string_view next() override {
    if (at_ == count_) fail_damaged();
    for (size_t i = 0; i < value_.size(); ++i)
      value_[i] = bytes_[i * count_ + at_];
    ++at_;
    return value_;
  }

 private:
  std::string_view bytes_;
  size_t count_;
  size_t at_ = 0;
  std::string value_;
};

std::unique_ptr<ValueDecoder> make_plain(const SchemaElement& column, std::string_view bytes) {
  if (column.physical == Physical::byte_array) return std::make_unique<PlainTexts>(bytes);
  if (column.physical == Physical::boolean) return std::make_unique<PlainBooleans>(bytes);
  return std::make_unique<PlainFixed>(bytes, width_of(column));
}

}  // namespace

std::unique_ptr<ValueDecoder> make_decoder(Encoding encoding, const SchemaElement& column, std::string_view bytes,
                                           const std::vector<std::string>& dictionary) {
  const bool text = column.physical == Physical::byte_array;
  const bool integer = column.physical == Physical::int32 || column.physical == Physical::int64;
  switch (encoding) {
    case Encoding::plain:
      return make_plain(column, bytes);
    case Encoding::plain_dictionary:
    case Encoding::rle_dictionary:
      if (bytes.empty()) return std::make_unique<PlainTexts>(bytes);  // all null
      return std::make_unique<Dictionary>(BitReader(bytes), bytes.size(), dictionary);
    case Encoding::rle:
      if (column.physical == Physical::boolean) return std::make_unique<RunBooleans>(BitReader(bytes));
      break;
    case Encoding::delta_binary_packed:
      if (integer) return std::make_unique<DeltaIntegers>(bytes, width_of(column));
      break;
    case Encoding::delta_length_byte_array:
      if (text) return std::make_unique<DeltaLengthTexts>(bytes);
      break;
    case Encoding::delta_byte_array:
      if (text || column.physical == Physical::fixed_byte_array) return std::make_unique<DeltaTexts>(bytes);
      break;
    case Encoding::byte_stream_split:
      if (width_of(column) > 0) return std::make_unique<SplitStreams>(bytes, width_of(column));
      break;
    case Encoding::bit_packed:
      break;
  }
  fail(ErrorCode::unsupported, "the Parquet file has a column '", column.name, "' in encoding ",
       static_cast<int>(encoding), ", which this version does not know for its type");
}

}  // namespace sbert::parquet
