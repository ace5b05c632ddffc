#include "data/expand_row.h"

#include <algorithm>
#include <numeric>

#include "base/rng.h"

namespace sbert {

namespace {

using Texts = std::vector<std::string>;

/// Every way to choose `count` of `texts`: one way for first and random, consecutive groups for all.
std::vector<Texts> choose(const Texts& texts, Choice choice, size_t count, Rng& random) {
  if (texts.size() < count) return {};
  if (choice == Choice::first) return {Texts(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(count))};
  if (choice == Choice::random) {
    Texts shuffled = texts;
    random.shuffle(std::span(shuffled));
    shuffled.resize(count);
    return {shuffled};
  }
  std::vector<Texts> groups;
  for (auto from = texts.begin(); texts.end() - from >= static_cast<std::ptrdiff_t>(count);
       from += static_cast<std::ptrdiff_t>(count)) {
    groups.emplace_back(from, from + static_cast<std::ptrdiff_t>(count));
  }
  return groups;
}

/// Every example so far, continued in every way.
std::vector<Texts> product(const std::vector<Texts>& examples, const std::vector<Texts>& ways) {
  std::vector<Texts> result;
  for (const Texts& example : examples) {
    for (const Texts& way : ways) {
      result.push_back(example);
      result.back().insert(result.back().end(), way.begin(), way.end());
    }
  }
  return result;
}

std::vector<Texts> expand_columns(const RowTexts& columns, const RowRules& rules, Rng& random) {
  std::vector<Texts> examples(1);
  for (size_t i = 0; i < columns.size(); ++i) {
    const bool negative = i >= 2;
    const size_t count = negative && i + 1 == columns.size() ? rules.negatives_each : 1;
    examples = product(examples, choose(columns[i], negative ? rules.negatives : rules.positives, count, random));
  }
  return examples;
}

std::vector<Texts> expand_pairs(const RowTexts& columns, Choice choice, Rng& random) {
  Texts texts;
  for (const Texts& column : columns)
    texts.insert(texts.end(), column.begin(), column.end());
  if (choice != Choice::all) return choose(texts, choice, 2, random);
  std::vector<Texts> pairs;
  for (size_t i = 0; i < texts.size(); ++i) {
    for (size_t j = i + 1; j < texts.size(); ++j)
      pairs.push_back({texts[i], texts[j]});
  }
  return pairs;
}

std::vector<Texts> expand_split(const RowTexts& columns) {
  std::vector<Texts> examples;
  for (const Texts& column : columns) {
    for (const std::string& text : column) {
      if (!text.empty()) examples.push_back({text});
    }
  }
  return examples;
}

}  // namespace

std::vector<Texts> expand_row(const RowTexts& columns, const RowRules& rules, uint64_t row) {
  Rng random(Rng(rules.seed).next() ^ row);
  switch (rules.shape) {
    case RowRules::Shape::pairs:
      return expand_pairs(columns, rules.positives, random);
    case RowRules::Shape::split:
      return expand_split(columns);
    case RowRules::Shape::columns:
      break;
  }
  return expand_columns(columns, rules, random);
}

}  // namespace sbert
