#include "model/router_files.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "base/naming_file.h"
#include "model/load.h"
#include "model/registry.h"
#include "nn/router.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using RouteName = std::optional<std::string>;

/// The directory `id` right below the Router's own: no id leads out of it, or to the Router itself.
fs::path part_directory(const fs::path& directory, const std::string& id, const std::string& where) {
  if (id.empty() || id == "." || id == ".." || fs::path(id).filename() != id) {
    fail(ErrorCode::corrupt_data, where, ": '", id, "' is no name of a module's directory");
  }
  return directory / id;
}

/// None or a quoted name at the start of `text`, which is then without it.
RouteName take_name(std::string_view& text, const std::string& where) {
  constexpr std::string_view kNone = "None";
  if (text.starts_with(kNone)) {
    text.remove_prefix(kNone.size());
    return {};
  }
  const size_t end = text.empty() ? std::string_view::npos : text.find(text.front(), 1);
  if (end == std::string_view::npos || (text.front() != '\'' && text.front() != '"')) {
    fail(ErrorCode::unsupported, where, ": only a task and the modality 'text' can be mapped to a route");
  }
  const RouteName name{text.substr(1, end - 1)};
  text.remove_prefix(end + 1);
  return name;
}

/// Python's "('query', None)". THROWS: unsupported for a modality made of several.
models::RouteMapping parse_mapping(const std::string& key, const std::string& route, const std::string& file) {
  const std::string where = file + ": route_mappings: \"" + key + "\"";
  std::string_view rest = key;
  const auto expect = [&](std::string_view part) {
    if (!rest.starts_with(part)) fail(ErrorCode::corrupt_data, where, ": should be \"('task', 'modality')\"");
    rest.remove_prefix(part.size());
  };
  models::RouteMapping mapping{.route = route};
  expect("(");
  mapping.task = take_name(rest, where);
  expect(", ");
  mapping.modality = take_name(rest, where);
  expect(")");
  return mapping;
}

models::RouterOptions read_options(const Json& config, const std::string& where) {
  models::RouterOptions options;
  if (const auto route = json_value<std::string>(config, "default_route", "", where); !route.empty()) {
    options.default_route = route;
  }
  options.allow_empty_key = json_value(config, "allow_empty_key", true, where);
  const auto mappings = json_value<std::map<std::string, std::string>>(config, "route_mappings", {}, where);
  for (const auto& [key, route] : mappings)
    options.route_mappings.push_back(parse_mapping(key, route, where));
  return options;
}

}  // namespace

LoadedModule open_router(const fs::path& directory) {
  const fs::path path = directory / nn::Router::kConfigFile;
  const std::string where = (is_there(path) ? path : directory / "config.json").string();
  // The first route may be the default: their order counts.
  const std::string text = read_regular_file(where);
  const OrderedJson ordered = parse_ordered_json(text, where);
  const Json config = parse_json(text, where);

  std::map<std::string, LoadedModule> modules;
  for (const auto& [id, type] : json_required<std::map<std::string, std::string>>(config, "types", where))
    modules.emplace(id, load_module(class_of_library(type, where), part_directory(directory, id, where), where));

  const auto structure = json_required<std::map<std::string, std::vector<std::string>>>(config, "structure", where);
  std::vector<nn::Router::Route> routes;
  for (const auto& [name, ignored] : ordered["structure"].items()) {
    auto& route = routes.emplace_back(nn::Router::Route{name, {}});
    for (const std::string& id : structure.at(name)) {
      const auto found = modules.find(id);
      if (found == modules.end()) {
        fail(ErrorCode::corrupt_data, where, ": route '", name, "' names '", id, "', which is not among 'types'");
      }
      route.modules.push_back(found->second.module);
    }
  }
  const Json parameters = json_value(config, "parameters", Json::object(), where);
  const auto options = read_options(parameters, where);
  const auto router = naming_file(where, [&] { return std::make_shared<nn::Router>(std::move(routes), options); });
  LoadedModule loaded{router};
  for (const auto& part : router->parts()) {
    const auto own =
        std::ranges::find_if(modules, [&](const auto& entry) { return entry.second.module == part.module; });
    loaded.parts.push_back(std::move(own->second));
  }
  return loaded;
}

}  // namespace sbert
