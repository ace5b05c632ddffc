#include "nn/router.h"

#include <algorithm>

#include "base/fail.h"
#include "tensor/ops/rows.h"

namespace sbert::nn {
namespace {

/// Dropout sites of one route: a sequence has the same masks whatever routes its neighbours take.
constexpr uint64_t kDropoutStreamsPerRoute = uint64_t{1} << 12;

/// What sentence-transformers calls the only kind of input there is here.
constexpr const char* kModality = "text";

Var slice(Execution& run, const Var& rows, int64_t begin, int64_t end) {
  return rows == nullptr ? nullptr : slice_rows(run, rows, begin, end);
}

/// Sequences [first, last) of what flows.
std::shared_ptr<Features> piece_of(Execution& run, const Features& features, int64_t first, int64_t last) {
  const int64_t begin = features.batch.begin(first), end = features.batch.begin(last);
  auto piece = std::make_shared<Features>();
  piece->batch = features.batch.piece(first, last);
  piece->token_embeddings = slice(run, features.token_embeddings, begin, end);
  piece->sentence_embedding = slice(run, features.sentence_embedding, first, last);
  piece->token_weights_sum = slice(run, features.token_weights_sum, first, last);
  for (const Var& layer : features.layer_embeddings)
    piece->layer_embeddings.push_back(slice(run, layer, begin, end));
  return piece;
}

/// The rows of all pieces, or null where they do not all have them, of one width.
Var join(Execution& run, const std::vector<std::shared_ptr<Features>>& pieces, Var Features::*member) {
  std::vector<Var> rows;
  for (const auto& piece : pieces) {
    const Var& own = (*piece).*member;
    if (own == nullptr || (!rows.empty() && own->cols() != rows.front()->cols())) return nullptr;
    rows.push_back(own);
  }
  return concat_rows(run, rows);
}

std::string quoted(const std::optional<std::string>& text) {
  return text ? "'" + *text + "'" : "None";
}

}  // namespace

Router::Router(std::vector<Route> routes, models::RouterOptions options)
    : routes_(std::move(routes)), options_(std::move(options)) {
  if (routes_.empty()) fail(ErrorCode::invalid_argument, "Router needs one route at least");
  for (const Route& route : routes_) {
    if (std::ranges::count(routes_, route.name, &Route::name) > 1) {
      fail(ErrorCode::invalid_argument, "Router: route '", route.name, "' is there twice");
    }
    if (route.modules.empty()) fail(ErrorCode::invalid_argument, "Router: route '", route.name, "' has no modules");
    for (size_t i = 0; i < route.modules.size(); ++i)
      add_part(route.modules[i], route.name, i);
  }
  for (const auto& mapping : options_.route_mappings)
    find_route(mapping.route);
  if (options_.default_route) find_route(*options_.default_route);
  if (!options_.default_route && options_.allow_empty_key) options_.default_route = routes_.front().name;
}

void Router::add_part(const std::shared_ptr<Module>& module, const std::string& route, size_t place) {
  if (module->type() == type()) fail(ErrorCode::invalid_argument, "Router: a route cannot hold another Router");
  if (std::ranges::find(parts_, module, &Part::module) != parts_.end()) return;
  parts_.push_back({concat(route, "_", place, "_", module->type()), module});
}

size_t Router::find_route(const std::string& name) const {
  const auto route = std::ranges::find(routes_, name, &Route::name);
  if (route == routes_.end()) {
    fail(ErrorCode::invalid_argument, "Router: there is no route '", name, "'; there is: ", route_list());
  }
  return static_cast<size_t>(route - routes_.begin());
}

size_t Router::resolve(std::string_view task_name) const {
  using Key = std::optional<std::string>;
  const Key task = task_name.empty() ? Key() : Key(task_name), text = kModality;
  for (const auto& [wanted_task, wanted_modality] : {std::pair(task, text), {task, Key()}, {Key(), text}, {}}) {
    for (const auto& mapping : options_.route_mappings) {
      if (mapping.task == wanted_task && mapping.modality == wanted_modality) return find_route(mapping.route);
    }
  }
  for (const Key& name : {task, text}) {
    const auto route = name ? std::ranges::find(routes_, *name, &Route::name) : routes_.end();
    if (route != routes_.end()) return static_cast<size_t>(route - routes_.begin());
  }
  if (task) fail(ErrorCode::invalid_argument, "the model has no route for task '", *task, "'; it has: ", route_list());
  if (options_.default_route) return find_route(*options_.default_route);
  fail(ErrorCode::invalid_argument, "the model has no default route: name the task, which is one of: ", route_list());
}

const InputModule& Router::reader(std::string_view task) const {
  return input_of(routes_[resolve(task)]);
}

const InputModule& Router::input_of(const Route& route) {
  const auto* input = dynamic_cast<const InputModule*>(route.modules.front().get());
  if (input == nullptr) {
    fail(ErrorCode::invalid_argument, "Router: route '", route.name, "' begins with ", route.modules.front()->type(),
         ", which reads no text");
  }
  return *input;
}

std::vector<Router::Stretch> Router::stretches(const PackedBatch& batch) const {
  std::vector<Stretch> all;
  for (int64_t i = 0; i < batch.sequences(); ++i) {
    if (i > 0 && batch.task(i) == batch.task(i - 1)) {
      all.back().last = i + 1;
      continue;
    }
    const size_t route = resolve(batch.task(i));
    if (!all.empty() && all.back().route == route) {
      all.back().last = i + 1;
    } else {
      all.push_back({route, i, i + 1});
    }
  }
  return all;
}

void Router::run_route(Execution& run, size_t route, uint64_t dropout_stream, Features& features) const {
  run.dropout_stream = dropout_stream + route * kDropoutStreamsPerRoute;
  for (const auto& module : routes_[route].modules)
    module->forward(run, features);
}

void Router::forward(Execution& run, Features& features) const {
  const uint64_t dropout_stream = run.dropout_stream;
  const auto all = stretches(features.batch);
  if (all.size() <= 1) {
    run_route(run, all.empty() ? 0 : all.front().route, dropout_stream, features);
  } else {
    const bool pooled = features.sentence_embedding != nullptr;
    std::vector<std::shared_ptr<Features>> pieces;
    for (const Stretch& stretch : all) {
      const auto& piece = pieces.emplace_back(piece_of(run, features, stretch.first, stretch.last));
      const auto& before = piece->batch.before;
      run.dropout_first_row = static_cast<uint64_t>(pooled ? before.sequences : before.tokens);
      // What is recorded refers to the piece's batch.
      if (run.tape != nullptr) run.tape->record([piece] {});
      run_route(run, stretch.route, dropout_stream, *piece);
    }
    for (Var Features::*member :
         {&Features::token_embeddings, &Features::sentence_embedding, &Features::token_weights_sum})
      features.*member = join(run, pieces, member);
    const auto& before = features.batch.before;
    run.dropout_first_row =
        static_cast<uint64_t>(features.sentence_embedding != nullptr ? before.sequences : before.tokens);
  }
  run.dropout_stream = dropout_stream + routes_.size() * kDropoutStreamsPerRoute;
}

std::vector<ParameterPtr> Router::parameters() const {
  std::vector<ParameterPtr> all;
  for (const Part& part : parts_) {
    const auto own = part.module->parameters();
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

Dimensions Router::dimensions(const Dimensions& input) const {
  std::optional<Dimensions> common;
  for (const Route& route : routes_) {
    Dimensions own = input;
    for (const auto& module : route.modules)
      own = module->dimensions(own);
    if (!common) common = own;
    if (common->sentence != own.sentence) {
      fail(ErrorCode::invalid_argument, "Router: route '", routes_.front().name,
           "' makes sentence embeddings of dimension ", common->sentence, ", and route '", route.name, "' of ",
           own.sentence);
    }
    if (common->tokens != own.tokens) common->tokens = 0;
  }
  common->layers = input.layers;
  return *common;
}

bool Router::reads_layers() const {
  return std::ranges::any_of(parts_, [](const Part& part) { return part.module->reads_layers(); });
}

int64_t Router::max_seq_length() const {
  int64_t longest = 0;
  for (const Route& route : routes_)
    longest = std::max(longest, input_of(route).max_seq_length());
  return longest;
}

void Router::set_max_seq_length(int64_t tokens) {
  if (max_seq_length() == 0) fail(ErrorCode::invalid_argument, "no route of the model has a max_seq_length to set");
  for (const Route& route : routes_) {
    auto& input = dynamic_cast<InputModule&>(*route.modules.front());
    if (input.max_seq_length() != 0) input.set_max_seq_length(tokens);
  }
}

OrderedJson Router::config() const {
  OrderedJson types = OrderedJson::object(), structure = OrderedJson::object(), mappings = OrderedJson::object();
  for (const Part& part : parts_)
    types[part.name] = "sentence_transformers.models." + part.module->type();
  for (const Route& route : routes_) {
    structure[route.name] = OrderedJson::array();
    for (const auto& module : route.modules)
      structure[route.name].push_back(std::ranges::find(parts_, module, &Part::module)->name);
  }
  for (const auto& mapping : options_.route_mappings)
    mappings[concat("(", quoted(mapping.task), ", ", quoted(mapping.modality), ")")] = mapping.route;
  const auto& fallback = options_.default_route;
  return {{"types", types},
          {"structure", structure},
          {"parameters",
           {{"default_route", fallback ? OrderedJson(*fallback) : OrderedJson(nullptr)},
            {"allow_empty_key", options_.allow_empty_key},
            {"route_mappings", mappings}}}};
}

std::string Router::route_list() const {
  std::string names;
  for (const Route& route : routes_)
    names += (names.empty() ? "" : ", ") + route.name;
  return names;
}

}  // namespace sbert::nn
