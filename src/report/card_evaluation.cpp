#include "base/fail.h"
#include "report/card.h"
#include "report/markdown.h"
#include "report/outcome.h"
#include "report/text.h"

namespace sbert::report {
namespace {

std::string evaluator_link(const std::string& type) {
  if (type.empty()) return "an evaluator of its own";
  return concat("[`", type, "`](https://sbert.net/docs/package_reference/sentence_transformer/evaluation.html)");
}

}  // namespace

std::string card_evaluation(const TrainingRecord& record) {
  std::string out;
  for (const EvaluatorMetrics& one : metrics_by_evaluator(record)) {
    const bool compared = record.result.before.has_value();
    MarkdownTable table(compared ? std::vector<std::string>{"metric", "before training", "after"}
                                 : std::vector<std::string>{"metric", "value"},
                        {1, 2});
    for (const std::string& metric : one.metrics) {
      std::vector<std::string> cells{plain_markdown(metric)};
      if (compared) cells.push_back(metric_number(metric_of(record.result.before, one.full_name(metric))));
      cells.push_back(metric_number(metric_of(record.result.after, one.full_name(metric))));
      table.add(cells, metric == one.primary);
    }
    const std::string& name = one.evaluator.name;
    out += concat("### ", one.evaluator.task, name.empty() ? "" : concat(": ", plain_markdown(name, 100)),
                  "\n\nMeasured by ", evaluator_link(one.evaluator.type), ".\n\n", table.text(), "\n");
  }
  return out.empty() ? "" : "## Evaluation\n\n" + out;
}

}  // namespace sbert::report
