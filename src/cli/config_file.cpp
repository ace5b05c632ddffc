#include <string>
#include <vector>

#include "base/yaml.h"
#include "cli/suggest.h"
#include "cli/train_settings.h"
#include "cli/usage_error.h"
#include "cli/values.h"

namespace sbert::cli {

namespace {

std::string as_text(const OrderedJson& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

[[noreturn]] void fail_value(const char* wanted, const OrderedJson& value) {
  std::string text = value.dump();
  if (text.size() > 60) text = text.substr(0, 57) + "...";
  fail_usage("should be ", wanted, ", not ", text);
}

/// {a: x, b: 2} as "a=x,b=2", what the flag of the same meaning takes.
std::string joined_pairs(const OrderedJson& value) {
  std::string text;
  for (const auto& [key, item] : value.items())
    text += (text.empty() ? "" : ",") + key + "=" + as_text(item);
  return text;
}

// What a JSON value means, one overload a type; most mean what the same text means behind a flag.

template <class T>
void read_json(const OrderedJson& value, T& field) {
  if (value.is_structured()) fail_value("one value", value);
  read_value(as_text(value), field);
}

void read_json(const OrderedJson& value, bool& field) {
  if (!value.is_boolean()) fail_value("true or false", value);
  field = value.get<bool>();
}

void read_json(const OrderedJson& value, std::optional<bool>& field) {
  if (!value.is_boolean()) fail_value("true or false", value);
  field = value.get<bool>();
}

void read_json(const OrderedJson& value, std::optional<Columns>& field) {
  if (value.is_string()) return read_value(as_text(value), field);
  if (!value.is_structured()) fail_value("{role: column} or [column, ...]", value);
  field.emplace();
  // Not as text: a column's name may hold any character.
  for (const auto& [key, item] : value.items())
    field->list.push_back({value.is_object() ? key : as_text(item), as_text(item)});
}

void read_json(const OrderedJson& value, std::optional<Names>& field) {
  if (value.is_object()) fail_value("a list", value);
  if (!value.is_array()) return read_value(as_text(value), field);
  field.emplace();
  for (const OrderedJson& item : value)
    field->list.push_back(as_text(item));
}

void read_json(const OrderedJson& value, std::optional<Prompts>& field) {
  // A prompt may have commas: a text is one for all columns.
  if (!value.is_structured()) {
    field = Prompts{.list = {as_text(value)}};
    return;
  }
  field.emplace();
  for (const auto& [key, item] : value.items()) {
    if (value.is_array()) field->list.push_back(as_text(item));
    if (value.is_object()) field->by_column.emplace_back(key, as_text(item));
  }
}

void read_json(const OrderedJson& value, std::optional<Scale>& field) {
  read_value(value.is_object() ? joined_pairs(value) : as_text(value), field);
}

void read_json(const OrderedJson& value, std::optional<RouterMapping>& field) {
  read_value(value.is_object() ? joined_pairs(value) : as_text(value), field);
}

void read_json(const OrderedJson& value, std::vector<SimilarityFunction>& field) {
  if (!value.is_array()) return read_value(as_text(value), field);
  for (const OrderedJson& item : value)
    read_value(as_text(item), field.emplace_back());
}

void read_json(const OrderedJson& value, std::optional<LossSettings>& field) {
  if (value.is_string()) return read_value(as_text(value), field);
  if (!value.is_object() || !value.contains("name") || !value["name"].is_string()) {
    fail_value("a name, or {name: ..., parameters}", value);
  }
  field = LossSettings{value["name"].get<std::string>(), Json::parse(value.dump())};
  field->options.erase("name");
}

void read_json(const OrderedJson& value, std::optional<ModuleList>& field) {
  if (!value.is_array()) return read_value(as_text(value), field);
  field.emplace();
  for (const OrderedJson& item : value)
    field->list.push_back(module_settings(Json::parse(item.dump())));
}

/// Visits settings and fills them from an object; then knows which keys of the object nobody asked for.
class ReadObject {
 public:
  ReadObject(const OrderedJson& object, std::string where) : object_(object), where_(std::move(where)) {
    if (!object.is_object()) fail_usage(where_, ": should be a list of 'key: value'");
  }

  template <class T>
  void operator()(const std::string& key, const std::string&, T& field, const std::string&) {
    read_key(key, [&](const OrderedJson& value) { read_json(value, field); });
  }
  void operator()(const std::string& key, const std::string&, std::optional<bool>& field, const std::string&) {
    read_key(key, [&](const OrderedJson& value) { read_json(value, field); });
    read_key("no_" + key, [&](const OrderedJson& value) {
      read_json(value, field);
      field = !*field;
    });
  }
  /// Calls read(value) if the key is there.
  template <class Read>
  void read_key(const std::string& key, Read&& read) {
    known_.push_back(key);
    const auto found = object_.find(key);
    if (found == object_.end() || found->is_null()) return;
    try {
      read(*found);
    } catch (const UsageError& error) {
      fail_usage(where_, ": '", key, "': ", error.what());
    } catch (const Error& error) {
      fail_usage(where_, ": '", key, "': ", error.what());
    }
  }
  void finish() const {
    for (const auto& [key, value] : object_.items()) {
      if (std::find(known_.begin(), known_.end(), key) == known_.end()) {
        fail_usage(where_, ": unknown key '", key, "'", suggest(key, known_));
      }
    }
  }

 private:
  const OrderedJson& object_;
  std::string where_;
  std::vector<std::string> known_;
};

ObjectiveSettings read_objective(const OrderedJson& value, const std::string& where) {
  ObjectiveSettings objective;
  ReadObject object(value, where);
  visit_settings(objective, object);
  object.finish();
  return objective;
}

EvaluationSettings read_evaluation(const OrderedJson& value, const std::string& where) {
  EvaluationSettings evaluation;
  if (value.is_string()) {
    read_value(as_text(value), evaluation);
    return evaluation;
  }
  ReadObject object(value, where);
  object.read_key("kind", [&](const OrderedJson& kind) { read_json(kind, evaluation.kind); });
  visit_settings(evaluation.table, object);
  visit_settings(evaluation, object);
  object.finish();
  return evaluation;
}

/// One thing, or a list of them.
template <class T>
void read_list(const OrderedJson& value, const std::string& what, std::vector<T>& list,
               T (*read)(const OrderedJson&, const std::string&)) {
  if (!value.is_array()) {
    list.push_back(read(value, what));
    return;
  }
  for (const OrderedJson& item : value)
    list.push_back(read(item, what + " " + std::to_string(list.size() + 1)));
}

}  // namespace

void read_config(const std::filesystem::path& path, TrainSettings& settings) {
  const OrderedJson config = read_yaml_file(path);
  ReadObject object(config, path.string());
  visit_settings(settings.objective, object);
  visit_optimizer(settings, object);
  visit_run(settings, object);
  object(std::string("model"), "M", settings.model, "");
  object(std::string("modules"), "M,..", settings.modules, "");
  object.read_key("objectives",
                  [&](const auto& value) { read_list(value, "objective", settings.objectives, read_objective); });
  object.read_key("eval",
                  [&](const auto& value) { read_list(value, "evaluation", settings.evaluations, read_evaluation); });
  object.finish();
}

}  // namespace sbert::cli
