#include "base/json.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <set>
#include <stdexcept>
#include <vector>

#include "base/files.h"

namespace sbert {
namespace {

constexpr int kMaxJsonDepth = 100;
/// Configurations and tokenizers are far smaller; this only stops nonsense.
constexpr uint64_t kMaxJsonBytes = uint64_t{1} << 30;

/// "line 3, column 7" of the byte at `offset`.
std::string position(std::string_view text, size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset, text.size()));
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return concat("line ", line, ", column ", before.size() - line_start + 1);
}

/// Looks at every piece of a document while it is parsed; leaves the parser by throwing DocumentError.
struct DocumentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class J>
class DepthLimit {
 public:
  bool operator()(int depth, typename J::parse_event_t, J&) const {
    if (depth > kMaxJsonDepth) throw DocumentError(concat("JSON is nested more than ", kMaxJsonDepth, " deep"));
    return true;
  }
};

class UniqueKeys {
 public:
  bool operator()(int depth, Json::parse_event_t event, Json& value) {
    DepthLimit<Json>()(depth, event, value);
    const auto level = static_cast<size_t>(depth);
    if (event == Json::parse_event_t::object_start) {
      keys_.resize(std::max(keys_.size(), level + 2));
      keys_[level + 1].clear();
    }
    if (event == Json::parse_event_t::key && !keys_[level].insert(value.get<std::string>()).second) {
      throw DocumentError(concat("'", value.get<std::string>(), "' is there twice"));
    }
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;  // of the object that is open at each depth
};

struct PythonNumber {
  std::string_view name;
  double value;
};
constexpr double kInfinity = std::numeric_limits<double>::infinity();
/// The longer names first.
constexpr std::array<PythonNumber, 3> kPythonNumbers{
    {{"-Infinity", -kInfinity}, {"Infinity", kInfinity}, {"NaN", std::numeric_limits<double>::quiet_NaN()}}};
/// Stands before such a name that was made a string; U+FFFF is no character, so no other string begins with it.
constexpr std::string_view kPythonNumberMark = "\xef\xbf\xbf";

/// What Python calls numbers and JSON does not, as strings with a mark.
std::string mark_python_numbers(std::string_view text) {
  std::string marked;
  bool in_string = false;
  while (!text.empty()) {
    size_t taken = 1;
    const auto* number =
        in_string
            ? kPythonNumbers.end()
            : std::ranges::find_if(kPythonNumbers, [=](const auto& entry) { return text.starts_with(entry.name); });
    if (number != kPythonNumbers.end()) {
      marked += concat('"', kPythonNumberMark, number->name, '"');
      taken = number->name.size();
    } else {
      if (text.front() == '"') in_string = !in_string;
      if (in_string && text.front() == '\\' && text.size() > 1) taken = 2;
      marked += text.substr(0, taken);
    }
    text.remove_prefix(taken);
  }
  return marked;
}

/// Makes numbers of what was marked.
template <class J>
class PythonNumbers {
 public:
  bool operator()(int depth, typename J::parse_event_t event, J& value) const {
    if (event == J::parse_event_t::value && value.is_string()) {
      const std::string_view text = value.template get_ref<const std::string&>();
      for (const PythonNumber& number : kPythonNumbers) {
        if (!text.starts_with(kPythonNumberMark) || text.substr(kPythonNumberMark.size()) != number.name) continue;
        value = number.value;
        break;
      }
    }
    if (event == J::parse_event_t::key && value.template get_ref<const std::string&>().starts_with(kPythonNumberMark)) {
      throw DocumentError("not valid JSON: a number is no key");
    }
    return DepthLimit<J>()(depth, event, value);
  }
};

template <class J>
J parse(std::string_view text, const std::string& where,
        std::function<bool(int, typename J::parse_event_t, J&)> watch) {
  try {
    return J::parse(text, std::move(watch));
  } catch (const typename J::parse_error& error) {
    // The byte is the last one read, counted from 1.
    const size_t offset = error.byte == 0 ? 0 : error.byte - 1;
    fail(ErrorCode::corrupt_data, where, ": not valid JSON at ", position(text, offset));
  } catch (const DocumentError& error) {
    fail(ErrorCode::corrupt_data, where, ": ", error.what());
  } catch (const typename J::exception&) {
    fail(ErrorCode::corrupt_data, where, ": JSON has a number that no type can hold");
  }
}

template <class J>
J parse_as_python(std::string_view text, const std::string& where) {
  if (text.find("NaN") == text.npos && text.find("Infinity") == text.npos) {
    return parse<J>(text, where, DepthLimit<J>());
  }
  return parse<J>(mark_python_numbers(text), where, PythonNumbers<J>());
}

}  // namespace

namespace detail {

void fail_json_type(const char* key, const Json& value, const std::string& where) {
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  fail(ErrorCode::corrupt_data, where, ": '", key, "' has the wrong type (", value.type_name(), "): ", text);
}

}  // namespace detail

Json parse_json(std::string_view text, const std::string& where) {
  return parse_as_python<Json>(text, where);
}

Json parse_json_with_unique_keys(std::string_view text, const std::string& where) {
  return parse<Json>(text, where, UniqueKeys());
}

OrderedJson parse_ordered_json(std::string_view text, const std::string& where) {
  return parse_as_python<OrderedJson>(text, where);
}

Json read_json_file(const std::filesystem::path& path) {
  return parse_json(read_regular_file(path, kMaxJsonBytes), path.string());
}

}  // namespace sbert
