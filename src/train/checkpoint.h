#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "model/implementation.h"
#include "train/adamw.h"
#include "train/best_model.h"
#include "train/parameter_block.h"

namespace sbert {

/// Where a run is, beside parameters and moments.
struct RunState {
  uint64_t step = 0;
  uint64_t tokens = 0;
  double seconds = 0;
  double last_loss = 0;
  uint64_t evaluated = 0;     ///< step of the last evaluation
  uint64_t piece_tokens = 0;  ///< decided when the run began; the result depends on it in its last bits
  Json history{};             ///< what a report tells of the run; see report::History
};

/// Reads and writes `checkpoint-<step>` directories: the model as SentenceTransformer::save writes it,
/// optimizer.safetensors (moments, parameters of losses, best parameters so far), trainer_state.json and
/// training_history.json. Each is written under another name and renamed when it is complete and on the disk.
class Checkpoints {
 public:
  /// `settings`: what must not change between the runs, by name. All must outlive this.
  Checkpoints(const CheckpointOptions& options, OrderedJson settings, const ModelImplementation& model,
              ParameterBlock& block, AdamW& optimizer, BestModel& best);

  bool enabled() const { return !options_.directory.empty(); }
  bool due(uint64_t step) const { return enabled() && options_.every_steps != 0 && step % options_.every_steps == 0; }
  /// The optimiser must have finished the step. THROWS: io.
  void save(const RunState& state) const;
  /// Puts everything back as the checkpoint of the highest step has it, if resuming is wanted and there is one.
  /// THROWS: invalid_argument if it was made with other settings, naming the first, or of another model; corrupt_data.
  std::optional<RunState> resume();

 private:
  struct Found {
    uint64_t step;
    std::filesystem::path path;
  };
  std::vector<Found> find() const;  // the highest step last
  void write(const std::filesystem::path& path, const RunState& state) const;
  void check_settings(const Json& theirs, const std::filesystem::path& path) const;
  void check_weights(const ModelImplementation& saved, const Json& state, const std::filesystem::path& path);
  void read_tensors(const std::filesystem::path& path, const Json& state);
  void remove_old(uint64_t newest) const;

  const CheckpointOptions& options_;
  OrderedJson settings_;
  const ModelImplementation& model_;
  ParameterBlock& block_;
  AdamW& optimizer_;
  BestModel& best_;
  /// Fingerprints of the weights that the run was given, this time first; what an interrupted run saved may be the next
  /// one's model.
  std::vector<std::string> began_with_;
};

}  // namespace sbert
