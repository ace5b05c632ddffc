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
      check_labels();
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

  void check_labels() {
    const InputExample& first = examples_.front();
    const bool several = !first.labels.empty();
    if (expectation_.label == Label::none) {
      if (!first.label && !several) return;
      return report(Severity::error, expectation_.loss, " takes ", expectation_.description,
                    "; the data has a label, which it would ignore: leave that column out");
    }
    if (expectation_.label == Label::list ? !first.label && !several : !first.label) {
      return report(Severity::error, expectation_.loss, " takes ", expectation_.description, "; the data has ",
                    several ? "several labels a row" : "no label");
    }
    switch (expectation_.label) {
      case Label::number:
        return check_numbers();
      case Label::binary:
        return check_binary();
      case Label::class_id:
        return check_classes();
      case Label::none:
      case Label::list:
        return;
    }
  }

  /// The first example whose label is not `good`.
  template <class Good>
  bool check_each(const std::string& wanted, Good&& good) {
    const auto bad = std::find_if_not(examples_.begin(), examples_.end(),
                                      [&](const InputExample& example) { return good(*example.label); });
    if (bad == examples_.end()) return true;
    report(Severity::error, "row ", bad - examples_.begin() + 1, " has the label ", *bad->label, ", but ",
           expectation_.loss, " takes ", wanted);
    return false;
  }

  void check_numbers() {
    constexpr double kRounding = 1e-6;  // of labels that were scaled
    const auto good = [&](double label) {
      return label >= expectation_.min_label - kRounding && label <= expectation_.max_label + kRounding;
    };
    const std::string wanted =
        concat(expectation_.min_label, " to ", expectation_.max_label, "; --scale brings labels into that range");
    if (check_each(wanted, good)) warn_if_constant();
  }

  void check_binary() {
    if (check_each("0 and 1", [](float label) { return label == 0 || label == 1; })) warn_if_constant();
  }

  void warn_if_constant() {
    const float first = *examples_.front().label;
    const auto same = [&](const InputExample& example) { return *example.label == first; };
    if (examples_.size() < 2 || !std::all_of(examples_.begin(), examples_.end(), same)) return;
    report(Severity::warning, "all rows have the label ", first, ": there is nothing to learn from it");
  }

  void check_classes() {
    const bool bounded = std::isfinite(expectation_.max_label);
    const auto good = [&](float label) {
      return label >= 0 && label <= expectation_.max_label && label == std::floor(label);
    };
    const std::string wanted = bounded ? concat("the classes 0 to ", expectation_.max_label) : "classes 0, 1, 2, ...";
    if (!check_each(wanted, good)) return;
    std::map<float, size_t> sizes;
    for (const InputExample& example : examples_)
      ++sizes[*example.label];
    if (sizes.size() == 1) {
      return report(Severity::error, "all rows have the class ", sizes.begin()->first, ": at least two are needed");
    }
    // A loss on lone texts compares those of one class with each other.
    if (expectation_.class_pairs) check_lone_classes(sizes);
  }

  void check_lone_classes(const std::map<float, size_t>& sizes) {
    const auto lone = [](const auto& entry) { return entry.second == 1; };
    const auto count = static_cast<size_t>(std::count_if(sizes.begin(), sizes.end(), lone));
    if (count == 0) return;
    const float example = std::find_if(sizes.begin(), sizes.end(), lone)->first;
    report(sizes.size() - count < 2 ? Severity::error : Severity::warning, count, " of ", sizes.size(),
           " classes have one member (such as ", example, "); ", expectation_.loss, " cannot use them");
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

Label label_of(losses::ColumnRule::Label rule, bool labelled) {
  using Rule = losses::ColumnRule::Label;
  switch (rule) {
    case Rule::none:
      return Label::none;
    case Rule::optional_number:
      return labelled ? Label::number : Label::none;
    case Rule::number:
      return Label::number;
    case Rule::binary:
      return Label::binary;
    case Rule::class_number:
      return Label::class_id;
    case Rule::vector:
    case Rule::embedding:
      return Label::list;
  }
  return Label::none;
}

ColumnExpectation expectation_of(const losses::LossFunction& loss, bool labelled) {
  const losses::ColumnRule rule = loss.columns();
  return {.loss = loss.name(),
          .description = std::string("the columns ") + rule.description,
          .min_texts = rule.min_inputs,
          .max_texts = rule.max_inputs,
          .label = label_of(rule.label, labelled),
          .min_label = rule.min_label,
          .max_label = rule.max_label,
          .class_pairs = rule.label == losses::ColumnRule::Label::class_number && rule.max_inputs == 1};
}

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

std::string label_text(const InputExample& example, const std::vector<std::string>& classes) {
  if (example.label && !classes.empty()) {
    return concat(*example.label, " (", classes.at(static_cast<size_t>(*example.label)), ")");
  }
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

std::vector<Finding> check_columns(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
                                   const losses::LossFunction& loss) {
  if (examples.empty()) return check_columns(examples, names, ColumnExpectation{});
  const InputExample& first = examples.front();
  const size_t labels = first.label ? 1 : first.labels.size();
  std::vector<Finding> findings = check_columns(examples, names, expectation_of(loss, labels > 0));
  try {
    loss.check_shape(first.texts.size(), labels);
  } catch (const Error& error) {
    findings.push_back({Severity::error, error.what()});
  }
  return findings;
}

std::string preview(const std::vector<InputExample>& examples, const std::vector<std::string>& names,
                    const std::vector<std::string>& classes, size_t rows) {
  constexpr size_t kBytes = 100;
  std::string text;
  for (size_t i = 0; i < std::min(rows, examples.size()); ++i) {
    text += concat("row ", i + 1, ":\n");
    for (size_t j = 0; j < examples[i].texts.size(); ++j) {
      const std::string name = j < names.size() ? names[j] : concat("text ", j + 1);
      text += concat("  ", name, ": ", shortened(examples[i].texts[j], kBytes), "\n");
    }
    const std::string label = label_text(examples[i], classes);
    if (!label.empty()) text += concat("  label: ", label, "\n");
  }
  return text;
}

void throw_on_error(const std::vector<Finding>& findings, const std::vector<InputExample>& examples,
                    const std::vector<std::string>& names, const std::string& source) {
  constexpr size_t kBytes = 40;
  const auto error = std::find_if(findings.begin(), findings.end(),
                                  [](const Finding& finding) { return finding.severity == Severity::error; });
  if (error == findings.end()) return;
  std::string row;
  for (size_t j = 0; !examples.empty() && j < examples.front().texts.size(); ++j) {
    row += concat(row.empty() ? " (the first row: " : ", ", j < names.size() ? names[j] + " " : "", "'",
                  shortened(examples.front().texts[j], kBytes), "'");
  }
  fail(ErrorCode::invalid_argument, source, source.empty() ? "" : ": ", error->message, row, row.empty() ? "" : ")");
}

}  // namespace sbert
