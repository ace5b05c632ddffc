#include "text/patterns/oniguruma.h"

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "text/unicode_tables.h"

namespace sbert::text {

namespace {

/// The white space of the reference; PCRE2's \s has one character more.
constexpr std::string_view kSpaceClass =
    R"(\x{9}-\x{d}\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000})";

/// Characters: `members` stand between [ and ], or an expression of one character in `others` matches them.
struct Set {
  std::string members;
  std::vector<std::string> others{};

  void add(const Set& more) {
    members += more.members;
    others.insert(others.end(), more.others.begin(), more.others.end());
  }

  std::string text() const {
    if (others.empty()) return "[" + members + "]";
    std::string alternatives = members.empty() ? "" : "[" + members + "]";
    for (const std::string& other : others)
      alternatives.append(alternatives.empty() ? "" : "|").append(other);
    return "(?:" + alternatives + ")";
  }

  Set complement() const { return {"", {others.empty() ? "[^" + members + "]" : "(?:(?!" + text() + ")(?s:.))"}}; }
};

/// The ranges of unicode_tables.h that are called `name`, or all that begin with a letter.
std::string ranges(std::string_view name) {
  using namespace unicode::tables;
  std::string out;
  for (const CategoryRange& range : std::span(category_ranges, category_range_count)) {
    const std::string_view category = range.category;
    if (category != name && !(name.size() == 1 && category.size() == 2 && category.starts_with(name))) continue;
    out +=
        concat("\\x{", std::hex, static_cast<uint32_t>(range.first), "}-\\x{", static_cast<uint32_t>(range.last), "}");
  }
  return out;
}

Set category(const std::string& name) {
  if (name != "C") return {"\\p{" + name + "}" + ranges(name)};
  Set assigned;
  for (const char* other : {"L", "M", "N", "P", "S", "Z"})
    assigned.add(category(other));
  return assigned.complement();
}

/// \w; the reference counts a few fractions and exponents only where it does not stand in a class.
Set word_characters(bool in_class) {
  Set set{ranges("w") + (in_class ? "" : ranges("lone w"))};
  for (const char* name : {"L", "M", "Nd", "Nl", "Pc"})
    set.add(category(name));
  return set;
}

class Speller {
 public:
  Speller(std::string_view expression, const std::string& where) : rest_(expression), where_(where) {}

  std::string spell() {
    std::string out;
    while (!rest_.empty()) {
      const std::string_view before = rest_;
      const char c = take();
      if (c == '[') {
        out += read_class().text();
      } else if (c == '\\') {
        out += spell_escape();
      } else if (before.starts_with("{,") && before.size() > 2 && before[2] >= '0' && before[2] <= '9') {
        out += "{0";
      } else {
        out.push_back(c);
      }
    }
    return out;
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  bool skip(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }

  std::string spell_escape() {
    const bool boundary = rest_.starts_with('b'), no_boundary = rest_.starts_with('B');
    if (boundary || no_boundary) {
      take();
      const std::string word = word_characters(false).text();
      const std::string ends = boundary ? "(?!" : "(?=", begins = boundary ? "(?=" : "(?!";
      return concat("(?:(?<=", word, ")", ends, word, ")|(?<!", word, ")", begins, word, "))");
    }
    const auto [set, is_set] = read_escape(false);
    return is_set ? set.text() : set.members;
  }

  /// After a backslash: a set, or an escape that is a character or an assertion and stays as it is.
  std::pair<Set, bool> read_escape(bool in_class) {
    if (rest_.empty()) return {{"\\"}, false};
    const char c = take();
    const auto either = [](const Set& set, bool positive) {
      return std::pair(positive ? set : set.complement(), true);
    };
    switch (c) {
      case 's':
      case 'S':
        return either({std::string(kSpaceClass)}, c == 's');
      case 'd':
      case 'D':
        return either(category("Nd"), c == 'd');
      case 'w':
      case 'W':
        return either(word_characters(in_class), c == 'w');
      case 'h':
      case 'H':
        return either({"0-9a-fA-F"}, c == 'h');
      case 'p':
      case 'P':
        if (const size_t end = rest_.find('}'); rest_.starts_with('{') && end != rest_.npos) {
          std::string name(rest_.substr(1, end - 1));
          rest_.remove_prefix(end + 1);
          const bool negated = name.starts_with('^');
          if (negated) name.erase(0, 1);
          return either(property(name), (c == 'p') != negated);
        }
        return {{std::string{'\\', c}}, false};
      case 'u': {
        const std::string_view digits = rest_.substr(0, 4);
        const auto is_digit = [](char digit) {
          return std::string_view("0123456789abcdefABCDEF").find(digit) != std::string_view::npos;
        };
        if (digits.size() < 4 || !std::ranges::all_of(digits, is_digit)) break;
        rest_.remove_prefix(4);
        return {{concat("\\x{", digits, "}")}, false};
      }
      default:
        break;
    }
    return {{std::string{'\\', c}}, false};
  }

  Set property(const std::string& name) const {
    if (name.size() <= 2) return category(name);
    const std::string script = ranges(name);
    if (script.empty())
      fail(ErrorCode::unsupported, where_, ": the property '", name, "' is not known to this version");
    return {script};
  }

  /// ":digit:]" and the like, of which "[" is read.
  Set read_posix_class() {
    if (skip(":digit:]")) return category("Nd");
    if (skip(":space:]")) return {std::string(kSpaceClass)};
    if (skip(":word:]")) return word_characters(true);
    if (skip(":xdigit:]")) return {"0-9a-fA-F"};
    fail(ErrorCode::unsupported, where_, ": the class '[", rest_.substr(0, rest_.find(']') + 1),
         "' is not known to this version");
  }

  /// After "[".
  Set read_class() {
    if (++depth_ > 50) fail(ErrorCode::unsupported, where_, ": classes of characters lie too deep in each other");
    const bool negated = skip("^");
    std::vector<Set> parts(1);  // between &&
    for (bool first = true;; first = false) {
      if (rest_.empty()) fail(ErrorCode::unsupported, where_, ": a class of characters has no end");
      Set& part = parts.back();
      if (skip("&&")) {
        parts.emplace_back();
        continue;
      }
      const char c = take();
      if (c == ']' && !first) break;
      if (c == '[' && rest_.starts_with(':') && rest_.find(":]") != rest_.npos) {
        part.add(read_posix_class());
      } else if (c == '[') {
        part.others.push_back(read_class().text());
      } else if (c == '\\') {
        part.add(read_escape(true).first);
      } else {
        if (c == '^' || c == ']') part.members += '\\';
        part.members += c;
      }
    }
    --depth_;
    Set all = std::move(parts.back());
    parts.pop_back();
    for (const Set& part : parts)
      all = {"", {"(?:(?=" + part.text() + ")" + all.text() + ")"}};
    return negated ? all.complement() : all;
  }

  std::string_view rest_;
  const std::string& where_;
  int depth_ = 0;
};

}  // namespace

std::string spell_for_pcre(std::string_view expression, const std::string& where) {
  // Each \b becomes kilobytes.
  constexpr size_t kMaxExpression = 16 * 1024;
  if (expression.size() > kMaxExpression) {
    fail(ErrorCode::unsupported, where, ": a regular expression of ", expression.size(), " bytes is too long");
  }
  return Speller(expression, where).spell();
}

}  // namespace sbert::text
