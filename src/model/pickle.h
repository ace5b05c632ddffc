#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_reader.h"

namespace sbert {

/// Something that a pickle describes. `items` point to others of the same pickle, perhaps in circles.
struct PickleValue {
  enum class Kind {
    other,       ///< None, or a number that is not whole
    boolean,     ///< `integer` 0 or 1
    integer,     ///< `integer`
    text,        ///< `text`, valid UTF-8
    tuple,       ///< `items`
    list,        ///< `items`
    dictionary,  ///< `items`: key, value, key, value
    global,      ///< `text`: "module.name" of a class or function
    call,        ///< `items`: a global, and the tuple of what it should be called with
    persistent,  ///< `items`: what says where it is kept outside the pickle
  };

  Kind kind = Kind::other;
  int64_t integer = 0;
  std::string text{};
  std::vector<const PickleValue*> items{};
};

struct Pickle {
  std::deque<PickleValue> values{};  ///< owns them all
  const PickleValue* root = nullptr;
};

/// Takes the pickle at the front of `reader` as data, with a machine for those opcodes alone that torch.save writes.
/// Nothing is imported or called: what Python would call is a value that says so, and a global for which `allow` does
/// not hold is an error. The values take some hundred times the pickle's size at most, and no more than 500 MB beside
/// the pickle's own texts.
/// THROWS: corrupt_data; unsupported, naming opcode or global.
Pickle read_pickle(ByteReader& reader, bool (*allow)(std::string_view global));

}  // namespace sbert
