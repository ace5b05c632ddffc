#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <sbert/models.h>

#include "nn/module.h"

namespace sbert::nn {

/// Texts go through one of several lists of modules, which their task chooses: queries and documents through encoders
/// of their own, or through layers of their own after a common encoder. On disk: router_config.json, and each module in
/// a directory of its own, also where several routes share it. Asym is its older name.
class Router : public InputModule {
 public:
  struct Route {
    std::string name;
    std::vector<std::shared_ptr<Module>> modules;
  };
  /// A module of one or more routes, and its directory: "query_0_Transformer".
  struct Part {
    std::string name;
    std::shared_ptr<Module> module;
  };
  static constexpr const char* kConfigFile = "router_config.json";

  /// THROWS: invalid_argument for an empty or unknown route, or a Router inside.
  Router(std::vector<Route> routes, models::RouterOptions options);

  std::string type() const override { return "Router"; }
  void forward(Execution& run, Features& features) const override;
  std::vector<ParameterPtr> parameters() const override;
  /// THROWS: invalid_argument if not all routes make sentence embeddings, or token embeddings, of one dimension.
  Dimensions dimensions(const Dimensions& input) const override;
  bool reads_layers() const override;
  std::string config_file() const override { return kConfigFile; }
  OrderedJson config() const override;

  const InputModule& reader(std::string_view task) const override;
  Tokens tokenize(std::string_view text, bool truncate) const override { return reader("").tokenize(text, truncate); }
  std::string token(int32_t id) const override { return reader("").token(id); }
  /// That of the first route.
  TokenizerDescription describe_tokenizer() const override { return input_of(routes_.front()).describe_tokenizer(); }
  const Tokenizer* tokenizer() const override { return reader("").tokenizer(); }
  bool add_special_tokens() const override { return reader("").add_special_tokens(); }
  int64_t prompt_length(std::string_view prompt) const override { return reader("").prompt_length(prompt); }
  /// The largest of all routes.
  int64_t max_seq_length() const override;
  /// Of every route that has a limit.
  void set_max_seq_length(int64_t tokens) override;
  std::vector<std::pair<std::string, std::string>> files() const override { return {}; }

  const std::vector<Route>& routes() const { return routes_; }
  /// Of texts without a task; none: they are refused, unless a mapping is for them.
  const std::optional<std::string>& default_route() const { return options_.default_route; }
  /// In the order of the routes, each module once.
  const std::vector<Part>& parts() const { return parts_; }

 private:
  /// Neighbouring sequences of a batch that take the same route.
  struct Stretch {
    size_t route;
    int64_t first, last;
  };

  static const InputModule& input_of(const Route& route);
  void add_part(const std::shared_ptr<Module>& module, const std::string& route, size_t place);
  /// THROWS: invalid_argument if there is no such route.
  size_t find_route(const std::string& name) const;
  /// The route of `task`, by the rules of sentence-transformers. Empty: no task. THROWS: invalid_argument if there is
  /// none.
  size_t resolve(std::string_view task) const;
  std::vector<Stretch> stretches(const PackedBatch& batch) const;
  void run_route(Execution& run, size_t route, uint64_t dropout_stream, Features& features) const;
  std::string route_list() const;

  std::vector<Route> routes_;
  models::RouterOptions options_;
  std::vector<Part> parts_;
};

}  // namespace sbert::nn
