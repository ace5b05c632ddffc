#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/data.h>
#include <sbert/fit.h>
#include <sbert/sentence_transformer.h>
#include <sbert/similarity.h>

#include "data/row_rules.h"
#include "data/table_options.h"
#include "model/stored_tensor.h"

namespace sbert::cli {

// What the text behind a flag means, one overload a type. They throw UsageError, or an Error of the library, that says
// what is wrong with the text; whoever knows the name of the flag puts it in front.

void read_value(std::string_view text, std::string& value);
void read_value(std::string_view text, uint64_t& value);  ///< a whole number
void read_value(std::string_view text, double& value);    ///< a finite number
void read_value(std::string_view text, bool& value);      ///< true or false
void read_value(std::string_view text, Precision& value);
void read_value(std::string_view text, StoredDType& value);  ///< one that we write
void read_value(std::string_view text, Schedule& value);
void read_value(std::string_view text, Mixing& value);
void read_value(std::string_view text, SimilarityFunction& value);
void read_value(std::string_view text, TableFormat& value);
void read_value(std::string_view text, TextEncoding& value);
void read_value(std::string_view text, RowRules::Shape& value);
void read_value(std::string_view text, Choice& value);
void read_value(std::string_view text, BatchRule& value);
void read_value(std::string_view text, char& value);                             ///< one character, or "tab"
void read_value(std::string_view text, std::vector<SimilarityFunction>& value);  ///< "cosine,dot"

/// The defaults of sentence-transformers' two ways to train.
enum class Recipe { fit, trainer };
void read_value(std::string_view text, Recipe& value);

/// A number of bytes: "2GiB", "500MB", "1.5G" (of 1,024^3), "1073741824".
struct ByteSize {
  uint64_t bytes = 0;
};
void read_value(std::string_view text, ByteSize& value);

/// "a,b,c".
struct Names {
  std::vector<std::string> list;
};
void read_value(std::string_view text, Names& value);

template <class T>
void read_value(std::string_view text, std::optional<T>& value) {
  T read{};
  read_value(text, read);
  value = std::move(read);
}

/// "a,b,c" -> a, b, c.
std::vector<std::string_view> split(std::string_view text, char separator);

}  // namespace sbert::cli
