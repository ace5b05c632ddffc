#include "data/json_value.h"

#include <algorithm>
#include <vector>

#include "base/json.h"

namespace sbert {

namespace {

constexpr size_t kMaxDepth = 64;

/// Builds a Value from the events of nlohmann's parser, which itself needs no stack. Each open list or record waits in
/// `open_` until it is closed and then moves into the one around it.
class ValueBuilder : public nlohmann::json_sax<Json> {
 public:
  Value take() { return std::move(result_); }
  /// Why parsing stopped: an empty string if it did not.
  const std::string& problem() const { return problem_; }

  bool null() override { return add({}); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(number_integer_t value) override { return add(static_cast<double>(value)); }
  bool number_unsigned(number_unsigned_t value) override { return add(static_cast<double>(value)); }
  bool number_float(number_float_t value, const string_t&) override { return add(value); }
  bool string(string_t& value) override { return add(std::move(value)); }
  bool binary(binary_t&) override { return false; }

  bool start_object(size_t) override { return open(); }
  bool start_array(size_t) override { return open(); }
  bool key(string_t& name) override {
    open_.back().names.push_back(std::move(name));
    return true;
  }
  bool end_object() override {
    Open closed = close();
    if (has_twins(closed.names)) return false;
    Value::Record record;
    record.reserve(closed.values.size());
    for (size_t i = 0; i < closed.values.size(); ++i) {
      record.emplace_back(std::move(closed.names[i]), std::move(closed.values[i]));
    }
    return add(std::move(record));
  }
  bool end_array() override { return add(close().values); }

  bool parse_error(size_t position, const std::string&, const Json::exception& error) override {
    // 406: the number is larger than a double can be.
    problem_ = concat(error.id == 406 ? "a number out of range" : "broken JSON", " at byte ", position);
    return false;
  }

 private:
  struct Open {
    std::vector<std::string> names;  ///< of a record's members so far, the last perhaps still without its value
    std::vector<Value> values;
  };

  /// Nobody can say which of two values is meant.
  bool has_twins(const std::vector<std::string>& names) {
    std::vector<std::string_view> sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());
    const auto twin = std::adjacent_find(sorted.begin(), sorted.end());
    if (twin == sorted.end()) return false;
    problem_ = concat("an object has the key '", *twin, "' twice");
    return true;
  }
  bool open() {
    open_.emplace_back();
    if (open_.size() <= kMaxDepth) return true;
    problem_ = concat("nested more than ", kMaxDepth, " deep");
    return false;
  }
  Open close() {
    Open closed = std::move(open_.back());
    open_.pop_back();
    return closed;
  }
  bool add(Value value) {
    if (open_.empty()) {
      result_ = std::move(value);
    } else {
      open_.back().values.push_back(std::move(value));
    }
    return true;
  }

  std::vector<Open> open_;
  Value result_;
  std::string problem_;
};

}  // namespace

Value parse_value(std::string_view json, const std::string& where) {
  ValueBuilder builder;
  if (Json::sax_parse(json.begin(), json.end(), &builder)) return builder.take();
  fail(ErrorCode::corrupt_data, where, ": ", builder.problem());
}

}  // namespace sbert
