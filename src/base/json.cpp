#include "base/json.h"

#include <algorithm>

#include "base/files.h"

namespace sbert {
namespace {

constexpr int kMaxDepth = 100;
/// Configurations and tokenizers are far smaller; this only stops nonsense.
constexpr uint64_t kMaxJsonBytes = uint64_t{1} << 30;

/// "line 3, column 7" of the byte at `offset`.
std::string position(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return concat("line ", line, ", column ", before.size() - line_start + 1);
}

const char* type_name(const Json& value) {
  return value.type_name();
}

}  // namespace

namespace detail {

void fail_json_type(const char* key, const Json& value, const std::string& where) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  fail(ErrorCode::corrupt_data, where, ": '", key, "' has the wrong type (", type_name(value), "): ", text);
}

}  // namespace detail

Json parse_json(std::string_view text, const std::string& where) {
  bool too_deep = false;
  const auto limit_depth = [&](int depth, Json::parse_event_t, Json&) {
    if (depth > kMaxDepth) too_deep = true;
    if (too_deep) throw std::length_error("depth");  // leaves the recursion-free parser at once
    return true;
  };
  try {
    return Json::parse(text, limit_depth);
  } catch (const Json::parse_error& error) {
    // The byte is the last one read, counted from 1.
    const size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    fail(ErrorCode::corrupt_data, where, ": not valid JSON at ", position(text, offset));
  } catch (const std::length_error&) {
    fail(ErrorCode::corrupt_data, where, ": JSON is nested more than ", kMaxDepth, " deep");
  } catch (const Json::exception&) {
    fail(ErrorCode::corrupt_data, where, ": JSON has a number that no type can hold");
  }
}

Json read_json_file(const std::filesystem::path& path) {
  return parse_json(read_file(path, kMaxJsonBytes), path.string());
}

}  // namespace sbert
