#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <sbert/fit.h>

#include "base/json.h"
#include "report/curve.h"

namespace sbert::report {

/// How many values lie in each of `counts.size()` ranges, the first one beginning at `begin`.
struct Histogram {
  double begin = 0;
  double width = 1;
  std::vector<uint64_t> counts{};
  uint64_t beyond = 0;  ///< values above the last range
};

/// The texts of one column. Tokens are counted with prompts and special tokens, and whole texts, also where the model
/// reads their beginning only.
struct TextStatistics {
  std::string column;
  uint64_t rows = 0;
  uint64_t distinct = 0;
  bool distinct_is_exact = true;
  uint64_t empty = 0;
  uint64_t shortest = 0, longest = 0;  ///< tokens
  double mean = 0;
  uint64_t truncated = 0;  ///< texts of which the model reads the beginning only
  Histogram lengths{};

  double truncation_rate() const { return rows == 0 ? 0 : static_cast<double>(truncated) / static_cast<double>(rows); }
};

struct LabelStatistics {
  uint64_t labels = 0;
  double smallest = 0, largest = 0, mean = 0;
  Histogram values{};                                       ///< of numbers; of some, if there are many
  std::vector<std::pair<std::string, uint64_t>> classes{};  ///< of classes: name and examples
};

/// A row of the data.
struct SampleRow {
  std::vector<std::string> texts;
  std::string label;  ///< empty: none
};

/// Two texts whose similarity was measured before and after training.
struct ScoredPair {
  std::string first, second;
  std::string prompt_first{}, prompt_second{};
  std::string task_first{}, task_second{};  ///< see Objective::router_mapping
  std::string relation;                     ///< what the data says of them: a label, or the second one's column
  double before = std::numeric_limits<double>::quiet_NaN();
  double after = std::numeric_limits<double>::quiet_NaN();
};

struct ObjectiveRecord {
  std::string data;                   ///< its name; empty: nobody gave it one
  std::string dataset{}, revision{};  ///< "org/name" and its commit, if it is on the Hub
  std::vector<std::string> languages{};
  std::string loss;
  OrderedJson loss_options{};
  double weight = 1;
  uint64_t batch_size = 0;
  std::string batches{};  ///< what may share one
  uint64_t rows = 0;
  std::vector<TextStatistics> texts{};
  std::optional<LabelStatistics> labels{};
  std::vector<SampleRow> samples{};
  std::vector<ScoredPair> pairs{};
};

struct ModelRecord {
  std::string base;       ///< what it was made from, for people: a Hub id, or the name of a directory
  std::string base_id{};  ///< "org/name" if it is on the Hub
  std::string base_revision{};
  std::vector<std::pair<std::string, OrderedJson>> modules{};  ///< class and configuration
  uint64_t parameters = 0, trained_parameters = 0;
  uint64_t dimension = 0;
  uint64_t max_seq_length = 0;  ///< tokens; 0: no limit
  SimilarityFunction similarity = SimilarityFunction::cosine;
};

struct MachineRecord {
  std::string cpu;
  std::string instruction_set;
  int threads = 0;
  uint64_t peak_bytes = 0;  ///< of the whole process; 0: not known
};

/// A setting of the run; `usual`: it is the default.
struct Hyperparameter {
  std::string name;
  OrderedJson value;
  bool usual = true;
};

/// Texts that show how the model is used, and how similar it finds them: [texts, texts].
struct UsageExample {
  std::vector<std::string> texts{};
  std::vector<float> similarities{};
};

/// Everything there is to tell of a training run. What writes a report or a model card reads this and nothing else.
struct TrainingRecord {
  ModelRecord model{};
  std::vector<ObjectiveRecord> objectives{};
  std::vector<Hyperparameter> hyperparameters{};
  std::string precision{};

  StepCurve curve{};
  std::vector<evaluation::EvaluatorDescription> evaluators{};
  std::vector<EvaluationReport> evaluations{};  ///< step 0: before training
  std::optional<uint64_t> kept_step{};          ///< the model is that of this evaluation, not the last step's
  double evaluation_seconds = 0;
  FitResult result{};
  uint64_t total_steps = 0;
  UsageExample usage{};

  MachineRecord machine{};
  std::vector<std::pair<std::string, std::string>> versions{};
};

}  // namespace sbert::report
