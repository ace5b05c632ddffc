#include "train/check_objective.h"

#include "losses/loss.h"

namespace sbert {
namespace {

using Rule = losses::ColumnRule::Label;
using Label = ColumnExpectation::Label;

ColumnExpectation expectation(const losses::LossFunction& loss, const InputExample& first) {
  const auto rule = loss.columns();
  ColumnExpectation wanted{.loss = loss.name(),
                           .description = std::string("the columns ") + rule.description,
                           .min_texts = rule.min_inputs,
                           .max_texts = rule.max_inputs};
  switch (rule.label) {
    case Rule::none:
      break;
    case Rule::optional_number:
      if (first.label) wanted.label = Label::number;
      break;
    case Rule::number:
      wanted.label = Label::number;
      break;
    case Rule::binary:
      wanted.label = Label::number;
      wanted.min_label = 0;
      wanted.max_label = 1;
      break;
    case Rule::class_number:
      wanted.label = Label::class_id;
      wanted.class_pairs = rule.max_inputs == 1;
      break;
    case Rule::vector:
      wanted.label = first.labels.empty() ? Label::number : Label::list;  // a list of one is a number
      break;
  }
  return wanted;
}

}  // namespace

std::vector<Finding> check_objective(const Objective& objective, const std::vector<std::string>& names) {
  const auto& examples = objective.data.examples();
  return check_columns(examples, names, expectation(*objective.loss.implementation(), examples.front()));
}

}  // namespace sbert
