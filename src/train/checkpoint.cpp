#include "train/checkpoint.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <string>
#include <utility>

#include "base/directories.h"
#include "base/fail.h"
#include "base/files.h"
#include "base/fresh_entry.h"
#include "model/load.h"
#include "model/safetensors.h"
#include "model/save.h"
#include "report/history.h"
#include "train/weights_fingerprint.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "checkpoint-";
constexpr const char* kStateFile = "trainer_state.json";
constexpr const char* kHistoryFile = "training_history.json";
constexpr const char* kTensorsFile = "optimizer.safetensors";
constexpr const char* kFirstMoments = "first_moments";
constexpr const char* kSecondMoments = "second_moments";
constexpr const char* kLossParameters = "loss_parameters";
constexpr const char* kBest = "best";

TensorToWrite flat(const char* name, const Tensor& tensor, int64_t begin = 0) {
  return {.name = name, .shape = {tensor.size() - begin}, .data = tensor.data<float>() + begin};
}

void read_flat(const SafetensorsFile& file, const fs::path& path, std::string_view name, float* to, int64_t count) {
  const auto& all = file.tensors();
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& tensor) { return tensor.name == name; });
  if (found == all.end()) fail(ErrorCode::corrupt_data, path.string(), ": tensor '", name, "' is missing");
  if (found->dtype != StoredDType::f32 || found->bytes.size() != static_cast<size_t>(count) * sizeof(float)) {
    fail(ErrorCode::corrupt_data, path.string(), ": tensor '", name, "' does not have ", count,
         " float32 numbers: the checkpoint is of another model");
  }
  std::memcpy(to, found->bytes.data(), found->bytes.size());
}

OrderedJson best_json(const BestModel& best) {
  if (!best.report()) return nullptr;
  OrderedJson json = report::to_json(*best.report());
  json["misses"] = best.misses();
  return json;
}

/// Elements of the block before the first parameter that is not the model's.
int64_t end_of_model(const ModelImplementation& model, const ParameterBlock& block) {
  size_t trained = 0;
  for (const auto& parameter : model.parameters())
    trained += parameter->frozen ? 0 : 1;
  return trained == block.parameters().size() ? block.values().size() : block.offset(trained);
}

}  // namespace

Checkpoints::Checkpoints(const CheckpointOptions& options, OrderedJson settings, const ModelImplementation& model,
                         ParameterBlock& block, AdamW& optimizer, BestModel& best)
    : options_(options),
      settings_(std::move(settings)),
      model_(model),
      block_(block),
      optimizer_(optimizer),
      best_(best) {
  if (enabled()) began_with_.push_back(weights_fingerprint(model));
}

std::vector<Checkpoints::Found> Checkpoints::find() const {
  std::vector<Found> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(options_.directory, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kPrefix)) continue;
    uint64_t step = 0;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + std::strlen(kPrefix), end, step);
    if (parsed.ec != std::errc() || parsed.ptr != end) continue;
    if (file_exists(entry.path() / kStateFile)) found.push_back({step, entry.path()});
  }
  std::ranges::sort(found, {}, &Found::step);
  return found;
}

void Checkpoints::save(const RunState& state) const {
  const fs::path target = options_.directory / concat(kPrefix, state.step);
  remove_abandoned(options_.directory, kPrefix);
  if (file_exists(target)) remove_whole(target);  // of a run that was begun again
  make_directory_atomically(target, [&](const fs::path& fresh) { write(fresh, state); });
  remove_old(state.step);
}

void Checkpoints::write(const fs::path& path, const RunState& state) const {
  write_model(model_, path, StoredDType::f32);
  std::vector<TensorToWrite> tensors{flat(kFirstMoments, block_.first_moments()),
                                     flat(kSecondMoments, block_.second_moments())};
  const int64_t model_end = end_of_model(model_, block_);
  if (model_end < block_.values().size()) tensors.push_back(flat(kLossParameters, block_.values(), model_end));
  if (best_.values().defined()) tensors.push_back(flat(kBest, best_.values()));
  write_safetensors(path / kTensorsFile, tensors, {});
  const OrderedJson json{
      {"step", state.step},           {"tokens", state.tokens},       {"seconds", state.seconds},
      {"last_loss", state.last_loss}, {"evaluated", state.evaluated}, {"piece_tokens", state.piece_tokens},
      {"best", best_json(best_)},     {"began_with", began_with_},    {"settings", settings_}};
  write_file_atomically(path / kHistoryFile, state.history.dump() + "\n");
  write_file_atomically(path / kStateFile, json.dump(2) + "\n");
}

void Checkpoints::remove_old(uint64_t newest) const {
  if (options_.limit == 0) return;
  const auto found = find();
  size_t kept = found.size();
  for (const Found& old : found) {
    if (kept <= options_.limit || old.step == newest) break;
    remove_whole(old.path);
    --kept;
  }
}

void Checkpoints::check_settings(const Json& theirs, const fs::path& path) const {
  for (const auto& [name, ours] : settings_.items()) {
    const Json there = theirs.is_object() && theirs.contains(name) ? theirs.at(name) : Json();
    if (there == Json(ours)) continue;
    fail(ErrorCode::invalid_argument, "cannot go on from ", path.string(), ": its '", name, "' is ", there.dump(),
         ", and that of this run is ", ours.dump(), "; give it the same, or choose another directory to begin anew");
  }
}

/// What is not trained comes from the model that this run was given: it has to be the one that the other run was given,
/// or what it left of it.
void Checkpoints::check_weights(const ModelImplementation& saved, const Json& state, const fs::path& path) {
  auto theirs = json_value<std::vector<std::string>>(state, "began_with", {}, (path / kStateFile).string());
  const std::string& ours = began_with_.front();
  if (std::ranges::find(theirs, ours) != theirs.end()) {
    began_with_ = std::move(theirs);
    return;
  }
  if (ours != weights_fingerprint(saved)) {
    fail(ErrorCode::invalid_argument, "cannot go on from ", path.string(),
         ": that run began with other weights than those of the model that this one is given; give it the same model, "
         "or choose another directory to begin anew");
  }
  began_with_.insert(began_with_.end(), theirs.begin(), theirs.end());
}

void Checkpoints::read_tensors(const fs::path& path, const Json& state) {
  const auto saved = load_model(path);
  const auto theirs = saved->parameters();
  const auto ours = model_.parameters();
  if (theirs.size() != ours.size()) fail(ErrorCode::corrupt_data, path.string(), ": is a checkpoint of another model");
  for (size_t i = 0; i < ours.size(); ++i) {
    if (theirs[i]->value.size() != ours[i]->value.size()) {
      fail(ErrorCode::corrupt_data, path.string(), ": is a checkpoint of another model");
    }
  }
  check_weights(*saved, state, path);
  for (size_t i = 0; i < ours.size(); ++i) {
    if (!ours[i]->frozen)
      std::copy_n(theirs[i]->value.data<float>(), ours[i]->value.size(), ours[i]->value.data<float>());
  }

  const fs::path tensors_path = path / kTensorsFile;
  const SafetensorsFile file(tensors_path);
  const int64_t all = block_.values().size();
  read_flat(file, tensors_path, kFirstMoments, block_.first_moments().data<float>(), all);
  read_flat(file, tensors_path, kSecondMoments, block_.second_moments().data<float>(), all);
  const int64_t model_end = end_of_model(model_, block_);
  if (model_end < all) {
    read_flat(file, tensors_path, kLossParameters, block_.values().data<float>() + model_end, all - model_end);
  }

  const std::string where = (path / kStateFile).string();
  const Json best = json_value(state, "best", Json(), where);
  if (best.is_null()) return;
  Tensor values;
  const auto& names = file.tensors();
  if (std::any_of(names.begin(), names.end(), [](const auto& tensor) { return tensor.name == kBest; })) {
    values = Tensor::zeros(1, all);
    read_flat(file, tensors_path, kBest, values.data<float>(), all);
  }
  best_.set(report::read_evaluation(best, where), values, json_required<uint64_t>(best, "misses", where));
}

std::optional<RunState> Checkpoints::resume() {
  if (!enabled() || !options_.resume) return std::nullopt;
  remove_abandoned(options_.directory, kPrefix);
  const auto found = find();
  if (found.empty()) return std::nullopt;
  const fs::path& path = found.back().path;
  const std::string where = (path / kStateFile).string();
  const Json json = read_json_file(path / kStateFile);
  check_settings(json_value(json, "settings", Json(), where), path);
  RunState state;
  state.step = json_required<uint64_t>(json, "step", where);
  state.tokens = json_required<uint64_t>(json, "tokens", where);
  state.seconds = json_required<double>(json, "seconds", where);
  state.last_loss = json_required<double>(json, "last_loss", where);
  state.evaluated = json_required<uint64_t>(json, "evaluated", where);
  state.piece_tokens = json_required<uint64_t>(json, "piece_tokens", where);
  // Without it the report lacks what was before.
  if (file_exists(path / kHistoryFile)) state.history = read_json_file(path / kHistoryFile);
  read_tensors(path, json);
  optimizer_.resume(state.step);
  return state;
}

}  // namespace sbert
