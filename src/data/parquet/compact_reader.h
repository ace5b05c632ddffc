#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sbert::parquet {

/// Reads what Parquet says about itself: structures in Thrift's compact protocol, in which a field is a number, a type
/// and a value. Whoever reads takes the fields he knows and skips the others. Everything throws corrupt_data where the
/// bytes end too early or hold something else.
class CompactReader {
 public:
  explicit CompactReader(std::string_view bytes) : bytes_(bytes) {}

  /// Calls field(id) for each field of a structure; it must read or skip the value.
  template <class Field>
  void read_struct(Field&& field) {
    const Nesting nesting(*this);
    for (int id = 0; next_field(id);)
      field(id);
  }
  /// Calls element() for each element of a list; it must read or skip the value.
  template <class Element>
  void read_list(Element&& element) {
    const Nesting nesting(*this);
    const auto [count, type] = list_header();
    for (uint64_t i = 0; i < count; ++i) {
      type_ = type;
      element();
    }
  }
  int64_t integer();
  bool boolean();
  std::string_view text();
  void skip();

  /// Bytes read so far.
  size_t position() const { return at_; }

 private:
  enum class Type : uint8_t { stop, yes, no, byte, i16, i32, i64, float64, binary, list, set, map, structure };
  struct ListHeader {
    uint64_t count;
    Type type;
  };
  /// Hostile bytes must not exhaust the stack.
  class Nesting {
   public:
    explicit Nesting(CompactReader& reader);
    ~Nesting() { --reader_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    CompactReader& reader_;
  };

  uint8_t byte();
  uint64_t varint();
  int64_t zigzag();
  static Type type_of(unsigned bits);
  bool next_field(int& id);
  ListHeader list_header();
  void skip_map();

  std::string_view bytes_;
  size_t at_ = 0;
  Type type_ = Type::structure;  ///< of the value that comes next
  int depth_ = 0;
};

}  // namespace sbert::parquet
