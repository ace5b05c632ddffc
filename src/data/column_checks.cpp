#include "data/column_checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string_view>

#include "base/fail.h"

namespace sbert {

namespace {

using Severity = Finding::Severity;
using Label = ColumnExpectation::Label;

class Check {
 public:
  Check(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
        const ColumnExpectation& expectation)
      : examples_(examples), names_(names), expectation_(expectation) {}

  std::vector<Finding> run() {
    if (examples_.empty()) {
      report(Severity::error, "there are no examples");
    } else if (check_count()) {
      check_label();
      check_texts();
      check_names();
    }
    return std::move(findings_);
  }

 private:
  template <class... Parts>
  void report(Severity severity, const Parts&... parts) {
    findings_.push_back({severity, concat(parts...)});
  }

  std::string column(size_t index) const {
    return index < names_.size() ? concat("column '", names_[index], "'") : concat("text ", index + 1);
  }

  bool check_count() {
    const size_t texts = examples_.front().texts.size();
    if (texts >= expectation_.min_texts && texts <= expectation_.max_texts) return true;
    report(Severity::error, expectation_.loss, " takes ", expectation_.description, "; the data has ", texts,
           texts == 1 ? " text" : " texts", " a row");
    return false;
  }

  void check_label() {
    const InputExample& first = examples_.front();
    if (expectation_.label == Label::none) {
      if (!first.label && first.labels.empty()) return;
      return report(Severity::error, expectation_.loss, " takes ", expectation_.description,
                    "; the data has a label, which it would ignore: leave that column out");
    }
    const bool present = expectation_.label == Label::list ? !first.labels.empty() : first.label.has_value();
    if (!present) {
      return report(Severity::error, expectation_.loss, " takes ", expectation_.description, "; the data has no ",
                    expectation_.label == Label::list ? "list of labels" : "label");
    }
    if (expectation_.label == Label::list) return;
    if (expectation_.label == Label::class_id) return check_classes();
    check_numbers();
  }

  void check_numbers() {
    const auto by_label = [](const InputExample& a, const InputExample& b) { return *a.label < *b.label; };
    const auto [low, high] = std::minmax_element(examples_.begin(), examples_.end(), by_label);
    for (const auto worst : {low, high}) {
      if (*worst->label >= expectation_.min_label && *worst->label <= expectation_.max_label) continue;
      return report(Severity::error, "row ", worst - examples_.begin() + 1, " has the label ", *worst->label, ", ",
                    expectation_.loss, " takes ", expectation_.min_label, " to ", expectation_.max_label,
                    "; --scale can bring labels into that range");
    }
    if (examples_.size() > 1 && *low->label == *high->label) {
      report(Severity::warning, "all rows have the label ", *low->label, ": there is nothing to learn from it");
    }
  }

  void check_classes() {
    std::map<float, size_t> sizes;
    for (size_t i = 0; i < examples_.size(); ++i) {
      const float label = *examples_[i].label;
      if (label < 0 || label != std::floor(label)) {
        return report(Severity::error, "row ", i + 1, " has the label ", label, ", ", expectation_.loss,
                      " takes classes 0, 1, 2, ...");
      }
      ++sizes[label];
    }
    if (sizes.size() == 1) {
      return report(Severity::error, "all rows have the class ", sizes.begin()->first, ": at least two are needed");
    }
    if (!expectation_.class_pairs) return;
    const auto lone = [](const auto& entry) { return entry.second == 1; };
    const auto count = static_cast<size_t>(std::count_if(sizes.begin(), sizes.end(), lone));
    if (count == 0) return;
    const float example = std::find_if(sizes.begin(), sizes.end(), lone)->first;
    report(Severity::warning, count, " of ", sizes.size(), " classes have one member (such as ", example, "); ",
           expectation_.loss, " cannot use them");
  }

  void check_texts() {
    const size_t columns = examples_.front().texts.size();
    for (size_t i = 0; i < columns; ++i) {
      check_empty(i);
      if (examples_.size() > 1) check_constant(i);
      for (size_t j = i + 1; j < columns; ++j)
        check_copy(i, j);
    }
  }

  void check_empty(size_t index) {
    const auto empty = [&](const InputExample& example) { return example.texts[index].empty(); };
    const auto count = static_cast<size_t>(std::count_if(examples_.begin(), examples_.end(), empty));
    if (count == 0) return;
    const auto first = std::find_if(examples_.begin(), examples_.end(), empty) - examples_.begin();
    report(Severity::warning, column(index), " is empty in ", count, " rows (such as row ", first + 1, ")");
  }

  void check_constant(size_t index) {
    const std::string& first = examples_.front().texts[index];
    const auto same = [&](const InputExample& example) { return example.texts[index] == first; };
    if (!std::all_of(examples_.begin(), examples_.end(), same)) return;
    report(Severity::warning, column(index), " is the same in all rows: is it the right column?");
  }

  /// Two columns that are equal in every row train nothing, unless that is the point: SimCSE pairs a text with itself.
  void check_copy(size_t a, size_t b) {
    const auto same = [&](const InputExample& example) { return example.texts[a] == example.texts[b]; };
    if (!std::all_of(examples_.begin(), examples_.end(), same)) return;
    report(Severity::warning, column(a), " and ", column(b), " are equal in all rows (as SimCSE wants it)");
  }

  /// Inputs are taken by position, so a file with the columns the other way round trains the reverse without a word.
  void check_names() {
    struct Order {
      std::string_view before, after;
    };
    constexpr std::array kOrders{
        Order{"anchor", "positive"}, Order{"anchor", "negative"},    Order{"positive", "negative"},
        Order{"query", "positive"},  Order{"query", "negative"},     Order{"query", "pos"},
        Order{"pos", "neg"},         Order{"query", "document"},     Order{"query", "passage"},
        Order{"query", "response"},  Order{"query", "answer"},       Order{"question", "answer"},
        Order{"title", "body"},      Order{"premise", "hypothesis"}, Order{"entailment", "contradiction"}};
    const auto place = [&](std::string_view name) { return std::find(names_.begin(), names_.end(), name); };
    for (const Order& order : kOrders) {
      const auto before = place(order.before), after = place(order.after);
      if (before == names_.end() || after == names_.end() || before < after) continue;
      report(Severity::warning, "column '", order.after, "' comes before '", order.before, "'; ", expectation_.loss,
             " takes ", expectation_.description, " by position: choose the order with --columns");
    }
  }

  const std::vector<InputExample>& examples_;
  const std::vector<std::string>& names_;
  const ColumnExpectation& expectation_;
  std::vector<Finding> findings_;
};

/// At most `bytes` of a text, cut at a character, without line ends.
std::string shortened(const std::string& text, size_t bytes) {
  size_t end = std::min(text.size(), bytes);
  while (end > 0 && end < text.size() && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
    --end;
  std::string result = text.substr(0, end);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return end < text.size() ? result + "..." : result;
}

std::string label_of(const InputExample& example) {
  if (example.label) return concat(*example.label);
  std::string text;
  for (const float label : example.labels)
    text += (text.empty() ? "" : ", ") + concat(label);
  return text;
}

}  // namespace

std::vector<Finding> check_columns(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
                                   const ColumnExpectation& expectation) {
  return Check(examples, names, expectation).run();
}

std::string preview(const std::vector<InputExample>& examples, const std::vector<std::string>& names, size_t rows) {
  constexpr size_t kBytes = 100;
  std::string text;
  for (size_t i = 0; i < std::min(rows, examples.size()); ++i) {
    text += concat("row ", i + 1, ":\n");
    for (size_t j = 0; j < examples[i].texts.size(); ++j) {
      const std::string name = j < names.size() ? names[j] : concat("text ", j + 1);
      text += concat("  ", name, ": ", shortened(examples[i].texts[j], kBytes), "\n");
    }
    const std::string label = label_of(examples[i]);
    if (!label.empty()) text += concat("  label: ", label, "\n");
  }
  return text;
}

void throw_on_error(const std::vector<Finding>& findings, const std::vector<InputExample>& examples,
                    const std::vector<std::string>& names) {
  constexpr size_t kBytes = 40;
  const auto error = std::find_if(findings.begin(), findings.end(),
                                  [](const Finding& finding) { return finding.severity == Severity::error; });
  if (error == findings.end()) return;
  std::string row;
  for (size_t j = 0; !examples.empty() && j < examples.front().texts.size(); ++j) {
    row += concat(row.empty() ? " (the first row: " : ", ", j < names.size() ? names[j] + " " : "", "'",
                  shortened(examples.front().texts[j], kBytes), "'");
  }
  fail(ErrorCode::invalid_argument, error->message, row, row.empty() ? "" : ")");
}

}  // namespace sbert
