#include "data/column_checks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "base/fail.h"

namespace sbert {

namespace {

using Severity = Finding::Severity;
using Label = ColumnExpectation::Label;

/// From here on a label may be another one that was rounded.
constexpr float kFirstInexactClass = 16777216;  // 2^24

bool takes_label(const ColumnExpectation& expectation, float label) {
  constexpr double kRounding = 1e-6;  // of labels that were scaled
  switch (expectation.label) {
    case Label::number:
      return label >= expectation.min_label - kRounding && label <= expectation.max_label + kRounding;
    case Label::binary:
      return label == 0 || label == 1;
    case Label::class_id:
      return label >= 0 && label < kFirstInexactClass && label <= expectation.max_label && label == std::floor(label);
    case Label::none:
    case Label::list:
      break;
  }
  return true;
}

std::string wanted_labels(const ColumnExpectation& expectation) {
  if (expectation.label == Label::number) {
    return concat(expectation.min_label, " to ", expectation.max_label, "; --scale brings labels into that range");
  }
  if (expectation.label == Label::binary) return "0 and 1";
  if (std::isinf(expectation.max_label)) return "classes 0, 1, 2, ...";
  return concat("the classes 0 to ", expectation.max_label);
}

/// What to do where a label was taken for a text.
constexpr const char* kNameLabel =
    ": the column called label, labels, score or scores is the label; --columns label=NAME makes another one that";

/// Puts into words what was seen.
class Report {
 public:
  Report(const ExampleStatistics& seen, const std::vector<std::string>& names, const std::vector<std::string>& classes,
         const ColumnExpectation& expectation)
      : seen_(seen), names_(names), classes_(classes), expectation_(expectation) {}

  std::vector<Finding> run() {
    if (seen_.count == 0) {
      add(Severity::error, "there are no examples");
    } else if (check_count()) {
      check_labels();
      check_texts();
      check_names();
    }
    return std::move(findings_);
  }

 private:
  template <class... Parts>
  void add(Severity severity, const Parts&... parts) {
    findings_.push_back({severity, concat(parts...)});
  }

  std::string column(size_t index) const {
    return index < names_.size() ? concat("column '", names_[index], "'") : concat("text ", index + 1);
  }

  std::string class_name(float label) const {
    const auto number = static_cast<size_t>(label);
    return number < classes_.size() ? concat("'", classes_[number], "'") : concat(label);
  }

  bool check_count() {
    const size_t texts = seen_.columns.size();
    if (texts >= expectation_.min_texts && texts <= expectation_.max_texts) return true;
    const bool unlabelled = texts == expectation_.max_texts + 1 && !labelled() && wants_label();
    add(Severity::error, expectation_.loss, " takes ", expectation_.description, "; the data has ", texts,
        texts == 1 ? " text" : " texts", " a row", unlabelled ? kNameLabel : "");
    return false;
  }

  void check_labels() {
    const InputExample& first = seen_.first.front();
    const bool several = !first.labels.empty();
    if (expectation_.label == Label::none) {
      if (!first.label && !several) return;
      return add(Severity::error, expectation_.loss, " takes ", expectation_.description,
                 "; the data has a label, which it would ignore: leave that column out");
    }
    if (expectation_.label == Label::list ? !first.label && !several : !first.label) {
      return add(Severity::error, expectation_.loss, " takes ", expectation_.description, "; the data has ",
                 several ? "several labels a row" : concat("no label", kNameLabel));
    }
    if (seen_.bad_label) {
      const auto& [row, label] = *seen_.bad_label;
      return add(Severity::error, "row ", row + 1, " has the label ", label, ", but ", expectation_.loss, " takes ",
                 wanted_labels(expectation_),
                 expectation_.label != Label::class_id ? ""
                 : label == -1                         ? "; --no-unlabelled leaves out rows with -1"
                 : label >= kFirstInexactClass         ? "; from 2^24 on they are not exact, so number them anew"
                                                       : "");
    }
    if (expectation_.label == Label::class_id) return check_classes();
    if (expectation_.label == Label::list || seen_.count < 2 || !seen_.same_labels) return;
    add(Severity::warning, "all rows have the label ", *first.label, ": there is nothing to learn from it");
  }

  void check_classes() {
    const std::map<float, size_t>& sizes = seen_.class_sizes;
    if (sizes.size() == 1) {
      return add(Severity::error, "all rows have the class ", class_name(sizes.begin()->first),
                 ": at least two are needed");
    }
    // A loss on lone texts compares those of one class with each other.
    if (!expectation_.class_pairs) return;
    const auto lone = [](const auto& entry) { return entry.second == 1; };
    const auto count = static_cast<size_t>(std::count_if(sizes.begin(), sizes.end(), lone));
    if (count == 0) return;
    const float example = std::find_if(sizes.begin(), sizes.end(), lone)->first;
    add(sizes.size() - count < 2 ? Severity::error : Severity::warning, count, " of ", sizes.size(),
        " classes have one member (such as ", class_name(example), "); ", expectation_.loss, " cannot use them");
  }

  void check_texts() {
    for (size_t i = 0; i < seen_.columns.size(); ++i) {
      const auto& [empty, first_empty, constant, copied_by] = seen_.columns[i];
      if (empty > 0) {
        add(Severity::warning, column(i), " is empty in ", empty, " rows (such as row ", first_empty + 1, ")");
      }
      if (constant && seen_.count > 1) {
        add(Severity::warning, column(i), " is the same in all rows: is it the right column?");
      }
      // Two columns that are equal in every row train nothing, unless that is the point: SimCSE pairs a text with
      // itself.
      for (size_t j = 0; j < copied_by.size(); ++j) {
        if (!copied_by[j]) continue;
        add(Severity::warning, column(i), " and ", column(i + 1 + j), " are equal in all rows (as SimCSE wants it)");
      }
    }
  }

  bool labelled() const { return seen_.first.front().label || !seen_.first.front().labels.empty(); }
  bool wants_label() const { return expectation_.label != Label::none; }

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
      add(Severity::warning, "column '", order.after, "' comes before '", order.before, "'; ", expectation_.loss,
          " takes ", expectation_.description, " by position: choose the order with --columns");
    }
  }

  const ExampleStatistics& seen_;
  const std::vector<std::string>& names_;
  const std::vector<std::string>& classes_;
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

void ColumnCheck::begin(const InputExample& example) {
  const size_t texts = example.texts.size();
  seen_.columns.resize(texts);
  for (size_t i = 0; i < texts; ++i)
    seen_.columns[i].copied_by.assign(texts - i - 1, true);
  if (loss_ == nullptr) return;
  const size_t labels = example.label ? 1 : example.labels.size();
  expectation_ = expectation_of(*loss_, labels > 0);
  try {
    loss_->check_shape(texts, labels);
  } catch (const Error& error) {
    shape_error_ = error.what();
  }
}

void ColumnCheck::add(const InputExample& example) {
  if (seen_.count == 0) begin(example);
  if (seen_.first.size() < kPreviewRows) seen_.first.push_back(example);
  if (example.label) add_label(*example.label);
  add_texts(example.texts);
  ++seen_.count;
}

void ColumnCheck::add_label(float label) {
  seen_.same_labels = seen_.same_labels && label == *seen_.first.front().label;
  if (seen_.bad_label) return;
  if (!takes_label(expectation_, label)) {
    seen_.bad_label = {seen_.count, label};
  } else if (expectation_.label == Label::class_id) {
    ++seen_.class_sizes[label];
  }
}

void ColumnCheck::add_texts(const std::vector<std::string>& texts) {
  for (size_t i = 0; i < texts.size(); ++i) {
    auto& [empty, first_empty, constant, copied_by] = seen_.columns[i];
    if (texts[i].empty() && empty++ == 0) first_empty = seen_.count;
    constant = constant && texts[i] == seen_.first.front().texts[i];
    for (size_t j = 0; j < copied_by.size(); ++j)
      copied_by[j] = copied_by[j] && texts[i] == texts[i + 1 + j];
  }
}

std::vector<Finding> ColumnCheck::findings(const std::vector<std::string>& names,
                                           const std::vector<std::string>& classes) const {
  std::vector<Finding> findings = Report(seen_, names, classes, expectation_).run();
  if (!shape_error_.empty()) findings.push_back({Severity::error, shape_error_});
  return findings;
}

std::vector<Finding> ids_among_texts(const std::vector<std::string>& names) {
  constexpr std::array<std::string_view, 4> kEnds{"_id", "-id", "_ids", "_idx"};
  std::vector<Finding> findings;
  for (const std::string& name : names) {
    const auto ends_name = [&](std::string_view end) { return name.ends_with(end); };
    if (name != "id" && std::ranges::none_of(kEnds, ends_name)) continue;
    findings.push_back({Severity::warning, concat("column '", name, "' looks like an id, and is taken for a text: ",
                                                  "leave it out with --columns")});
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
