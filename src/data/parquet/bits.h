#pragma once

#include <cstdint>
#include <string_view>

namespace sbert::parquet {

/// Reads numbers that lie one behind the other, lowest bits first. Everything throws corrupt_data where the bytes end.
class BitReader {
 public:
  explicit BitReader(std::string_view bytes = {}) : bytes_(bytes) {}

  /// The next `width` bits, at most 64.
  uint64_t bits(unsigned width);
  /// The next `count` bytes, from the next whole one on.
  std::string_view bytes(uint64_t count);
  uint64_t varint();
  int64_t zigzag();
  bool at_end() const { return at_ == bytes_.size(); }
  /// Whole bytes read so far.
  size_t position() const { return at_; }

 private:
  std::string_view bytes_;
  size_t at_ = 0;     // next byte
  unsigned bit_ = 0;  // read of it
};

/// Numbers of `width` bits: runs of one number, or of different ones ("RLE/bit-packing hybrid").
class RunReader {
 public:
  /// `width`: at most 32. THROWS: corrupt_data for more.
  RunReader(std::string_view bytes, unsigned width);
  uint32_t next();

 private:
  BitReader in_;
  unsigned width_;
  uint64_t left_ = 0;  // of the run
  bool packed_ = false;
  BitReader run_{};
  uint32_t value_ = 0;
};

/// Whole numbers as differences of neighbours, in small blocks of as few bits as they need (DELTA_BINARY_PACKED).
class DeltaReader {
 public:
  explicit DeltaReader(std::string_view bytes);
  uint64_t count() const { return count_; }
  int64_t next();
  /// Once all are read: where the bytes behind them begin.
  size_t position() const { return in_.position(); }

 private:
  void begin_block();
  void begin_part();

  BitReader in_;
  uint64_t part_size_ = 0, parts_ = 0, count_ = 0;
  uint64_t given_ = 0;
  uint64_t value_ = 0;  // unsigned: it may go around
  uint64_t smallest_delta_ = 0;
  std::string_view widths_{};  // of the parts of this block that have not begun
  unsigned width_ = 0;
  uint64_t left_ = 0;  // of this part
  BitReader part_{};
};

}  // namespace sbert::parquet
