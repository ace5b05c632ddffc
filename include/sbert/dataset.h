#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <sbert/progress.h>

namespace sbert {

/// One value of a data set: nothing, a truth value, a number, a text, a list of values, or a record of named values.
/// Whole numbers below 2^63 are exact.
class Value {
 public:
  using List = std::vector<Value>;
  using Record = std::vector<std::pair<std::string, Value>>;  ///< in the order of the file

  Value() noexcept;
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();
  Value(bool truth) : value_(truth) {}
  Value(double number) : value_(number) {}
  Value(int64_t number) : value_(number) {}
  Value(std::string text) : value_(std::move(text)) {}
  Value(const char* text) : value_(std::string(text)) {}
  Value(List list) : value_(std::move(list)) {}
  Value(Record record) : value_(std::move(record)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const { return std::holds_alternative<bool>(value_); }
  bool is_number() const { return std::holds_alternative<double>(value_) || std::holds_alternative<int64_t>(value_); }
  bool is_text() const { return std::holds_alternative<std::string>(value_); }
  bool is_list() const { return std::holds_alternative<List>(value_); }
  bool is_record() const { return std::holds_alternative<Record>(value_); }

  // What it holds. THROWS: corrupt_data, saying what it is, if it is something else.
  const std::string& text() const;
  double number() const;
  bool truth() const;
  const List& list() const;
  const Record& record() const;
  /// The number, if it is a whole one below 2^63.
  std::optional<int64_t> whole_number() const;
  std::string& text() { return const_cast<std::string&>(std::as_const(*this).text()); }
  List& list() { return const_cast<List&>(std::as_const(*this).list()); }
  Record& record() { return const_cast<Record&>(std::as_const(*this).record()); }

  operator std::string() const { return text(); }

  /// Of a list or record. THROWS: corrupt_data for anything else.
  size_t size() const;
  /// Member of a record. THROWS: not_found.
  const Value& operator[](std::string_view name) const;
  /// Null if this is no record or has no such member.
  const Value* find(std::string_view name) const;
  Value* find(std::string_view name) { return const_cast<Value*>(std::as_const(*this).find(name)); }
  /// Element of a list. THROWS: not_found.
  const Value& operator[](size_t index) const;

  /// For messages: "a list", "the number 7", "'the beginning of a text...'".
  std::string describe() const;

 private:
  std::variant<std::monostate, bool, double, int64_t, std::string, List, Record> value_;
};

class RowSource;

/// Called before a file, as its number, is opened: it may have to be downloaded.
using FetchFile = std::function<void(size_t file)>;

/// The rows of one or several files, read from the start by each loop over it, one row at a time, whatever their size.
/// All rows have all columns, in one order; of JSON, where rows need not have all keys, what a row lacks is a null. Of
/// files that are fetched one by one, rows have the columns that were seen so far.
/// A value; safe to read from many threads, each with its own iterator.
///   for (const sbert::Value& row : dataset) use(row["sentence1"].text());
class Dataset {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = const Value&;

    Iterator() = default;
    explicit Iterator(std::vector<std::filesystem::path> files, FetchFile fetch = {});

    const Value& operator*() const { return row_; }
    const Value* operator->() const { return &row_; }
    Iterator& operator++();
    void operator++(int) { ++*this; }
    bool operator==(const Iterator& other) const { return done_ == other.done_; }
    /// "<file>: line <n>", for messages about this row. REQUIRES: not at the end.
    std::string where() const;

   private:
    void open_next();

    std::vector<std::filesystem::path> files_;
    FetchFile fetch_;
    size_t next_file_ = 0;
    std::shared_ptr<RowSource> source_;
    std::vector<std::string> names_;  ///< of the columns so far
    std::vector<size_t> places_;      ///< of the source's columns among them
    std::vector<Value> cells_;
    Value row_;
    bool done_ = true;
  };

  explicit Dataset(std::vector<std::filesystem::path> files, FetchFile fetch = {})
      : files_(std::move(files)), fetch_(std::move(fetch)) {}

  const std::vector<std::filesystem::path>& files() const { return files_; }
  /// Opens the first file. THROWS: not_found, io, corrupt_data (while iterating, too) naming the file and the place.
  Iterator begin() const { return Iterator(files_, fetch_); }
  Iterator end() const { return {}; }
  /// Names of the columns; of the first file, if files are fetched.
  std::vector<std::string> columns() const;
  /// Counts the rows by reading them.
  size_t count_rows() const;

 private:
  std::vector<std::filesystem::path> files_;
  FetchFile fetch_;
};

/// Splits by name: "train", "validation", "test".
class DatasetDict {
 public:
  explicit DatasetDict(std::map<std::string, Dataset> splits) : splits_(std::move(splits)) {}

  /// THROWS: not_found, naming the splits there are.
  const Dataset& operator[](const std::string& split) const&;
  /// Of a temporary, so that `for (const Value& row : load_dataset(path)["train"])` does not outlive its data.
  Dataset operator[](const std::string& split) && { return std::as_const(*this)[split]; }
  const std::map<std::string, Dataset>& splits() const { return splits_; }

 private:
  std::map<std::string, Dataset> splits_;
};

struct LoadDatasetOptions {
  std::string name{};      ///< Which configuration; default: the one that README.md calls so, or the only one.
  std::string revision{};  ///< A branch, tag or commit of the Hub; default: "main".
  /// Files of the Hub come one by one when a loop gets to them; otherwise the first loop over a split brings them all.
  bool streaming = false;
  ProgressCallback progress{};  ///< Called while files come, from the thread that loops.
  NoticeCallback notice{};
};

/// Opens a data set: a file (the split "train"), a directory, or a data set of the Hub ("org/name"), whose files come
/// into the Hugging Face cache when they are read. Which files are which split is found as by Python's `datasets`: by
/// the `configs:` of README.md, else by names such as train.jsonl, dev.csv, data/test-00000-of-00002.parquet, else all
/// are "train". Files may be .jsonl, .json, .csv, .tsv, .parquet or .txt, each also .gz. Of a data set that
/// is a Python program, which nobody runs, the Hub's own conversion to Parquet is read. Without a network, what the
/// cache has. THROWS: not_found, also for a configuration; invalid_argument if one has to be chosen; what pull()
/// throws.
DatasetDict load_dataset(const std::string& path, const LoadDatasetOptions& options = {});

}  // namespace sbert
