#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/fail.h"
#include "cli/module_list.h"
#include "cli/module_makers.h"

namespace sbert::cli {
namespace {

/// More modules than a route has: fresh weights of one route are not those of another.
constexpr uint64_t kSeedsPerRoute = 1000;

std::vector<models::Module> make_route(const Json& modules, const ModulesBefore& before) {
  std::vector<ModuleSettings> list;
  const Json items = modules.is_array() ? modules : Json::array({modules});
  for (const Json& item : items)
    list.push_back(module_settings(item));
  return make_modules(list, before);
}

/// As in Router.for_query_document: what nobody called a query is a document.
std::string default_among(const models::Router::Routes& routes) {
  const bool documents = std::ranges::any_of(routes, [](const auto& route) { return route.first == "document"; });
  if (!documents)
    fail(ErrorCode::invalid_argument, "Router: default_route is missing: which one texts without a task take");
  return "document";
}

models::Module make_router(losses::OptionReader& options, const ModulesBefore& before) {
  std::string fallback;
  options.read("default_route", fallback);
  models::Router::Routes routes;
  for (const std::string& name : options.unread()) {
    ModulesBefore inside = before;
    inside.seed += routes.size() * kSeedsPerRoute;
    routes.emplace_back(name, make_route(options.value(name.c_str()), inside));
  }
  if (routes.empty()) {
    fail(ErrorCode::invalid_argument, "Router: has no routes; they are given as ", kRouterMaker.usage);
  }
  return models::Router(routes, {.default_route = fallback.empty() ? default_among(routes) : fallback});
}

}  // namespace

const ModuleMaker kRouterMaker{
    .name = "Router",
    .argument = "",
    .usage = "Router:query=[M,..]:document=[M,..]",
    .help =
        "texts take the modules of the route that is called as their task is, anywhere in a model; default_route: of "
        "texts without a task (default: document)",
    .make = make_router};

}  // namespace sbert::cli
