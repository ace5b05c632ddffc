#include "cli/module_list.h"

#include "cli/option_values.h"
#include "cli/suggest.h"
#include "cli/usage_error.h"

namespace sbert::cli {
namespace {

const ModuleMaker& maker_of(const std::string& name) {
  std::vector<std::string> known;
  for (const ModuleMaker* maker : module_makers()) {
    if (maker->name == name) return *maker;
    known.emplace_back(maker->name);
  }
  fail_usage("unknown module '", name, "'", suggest(name, known));
}

models::Module make_module(const ModuleSettings& settings, const ModulesBefore& before) {
  losses::OptionReader options(settings.name, settings.options);
  const models::Module module = maker_of(settings.name).make(options, before);
  options.finish();
  return module;
}

}  // namespace

void read_value(std::string_view text, ModuleSettings& value) {
  const auto parts = split_outside_brackets(text, ':');
  value = {.name = std::string(parts.front())};
  const ModuleMaker& maker = maker_of(value.name);
  for (size_t i = 1; i < parts.size(); ++i) {
    const size_t equals = parts[i].find('=');
    if (equals != std::string_view::npos && equals != 0) {
      value.options[std::string(parts[i].substr(0, equals))] = option_value(parts[i].substr(equals + 1));
    } else if (i == 1 && *maker.argument != 0 && !parts[i].empty()) {
      value.options[maker.argument] = option_value(parts[i]);
    } else {
      fail_usage("'", parts[i], "' in '", text, "' should be key=value, as in ", maker.usage);
    }
  }
}

void read_value(std::string_view text, ModuleList& value) {
  value.list.clear();
  for (const std::string_view item : split_outside_brackets(text, ','))
    read_value(item, value.list.emplace_back());
}

ModuleSettings module_settings(const Json& value) {
  ModuleSettings settings;
  if (value.is_string()) {
    read_value(value.get_ref<const std::string&>(), settings);
    return settings;
  }
  if (!value.is_object() || !value.contains("name") || !value["name"].is_string()) {
    fail_usage("a module should be Dense:256, say, or {name: ..., parameters}, not ", value.dump());
  }
  settings = {value["name"].get<std::string>(), value};
  settings.options.erase("name");
  return settings;
}

std::vector<models::Module> make_modules(std::span<const ModuleSettings> list, ModulesBefore before) {
  const auto others = static_cast<std::ptrdiff_t>(before.modules.size());
  for (const ModuleSettings& settings : list) {
    before.modules.push_back(make_module(settings, before));
    const auto& module = *before.modules.back().implementation();
    try {
      before.dimensions = module.dimensions(before.dimensions);
    } catch (const Error& error) {
      fail(error.code(), "module ", before.modules.size() - static_cast<size_t>(others), " of ", list.size(), ": ",
           error.what());
    }
  }
  return {before.modules.begin() + others, before.modules.end()};
}

SentenceTransformer make_model(const ModuleList& modules, uint64_t seed) {
  return SentenceTransformer(make_modules(modules.list, {.seed = seed}));
}

Flags::List module_help() {
  Flags::List list{.title = "modules (parameters follow as key=value: Dense:256:bias=false; lists are [1,3])",
                   .entries = {}};
  for (const ModuleMaker* maker : module_makers())
    list.entries.emplace_back(maker->usage, maker->help);
  return list;
}

}  // namespace sbert::cli
