#include "base/yaml.h"

#include <charconv>
#include <cmath>
#include <sstream>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include "base/fail.h"
#include "base/files.h"

namespace sbert {

namespace {

constexpr uint64_t kMaxBytes = uint64_t{16} << 20;
/// Aliases share nodes, so a small file can stand for an enormous tree.
constexpr size_t kMaxNodes = 100'000;
/// An alias may even stand for what it is a part of.
constexpr size_t kMaxYamlDepth = 100;

class Converter {
 public:
  explicit Converter(std::string file) : file_(std::move(file)) {}

  OrderedJson convert(const YAML::Node& node) {
    if (++nodes_ > kMaxNodes) fail(ErrorCode::corrupt_data, file_, ": has more than ", kMaxNodes, " values");
    if (depth_ == kMaxYamlDepth)
      fail(ErrorCode::corrupt_data, where(node), ": is nested more than ", kMaxYamlDepth, " deep");
    switch (node.Type()) {
      case YAML::NodeType::Map:
        return convert_map(node);
      case YAML::NodeType::Sequence:
        return convert_list(node);
      case YAML::NodeType::Scalar:
        // "!" marks a quoted scalar: it is text whatever it looks like.
        return node.Tag() == "!" ? OrderedJson(text(node)) : plain_scalar(text(node));
      default:
        return nullptr;
    }
  }

 private:
  OrderedJson convert_map(const YAML::Node& node) {
    ++depth_;
    OrderedJson object = OrderedJson::object();
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) fail(ErrorCode::corrupt_data, where(entry.first), ": a key should be a word");
      const std::string& key = text(entry.first);
      if (object.contains(key)) fail(ErrorCode::corrupt_data, where(entry.first), ": '", key, "' is there twice");
      object[key] = convert(entry.second);
    }
    --depth_;
    return object;
  }

  OrderedJson convert_list(const YAML::Node& node) {
    ++depth_;
    OrderedJson list = OrderedJson::array();
    for (const auto& entry : node)
      list.push_back(convert(entry));
    --depth_;
    return list;
  }

  /// YAML::Load takes any bytes, and guesses at UTF-16 and UTF-32; JSON can only be written if it is UTF-8.
  const std::string& text(const YAML::Node& node) const {
    try {
      OrderedJson(node.Scalar()).dump();
    } catch (const OrderedJson::type_error&) {
      fail(ErrorCode::corrupt_data, where(node), ": is not UTF-8; save the file in that encoding");
    }
    return node.Scalar();
  }

  std::string where(const YAML::Node& node) const { return concat(file_, ": line ", node.Mark().line + 1); }

  std::string file_;
  size_t nodes_ = 0, depth_ = 0;
};

/// Takes no notice of what it is told.
class IgnoringHandler : public YAML::EventHandler {
 public:
  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

/// YAML::LoadAll would never end at a document that begins with a ',': it makes an empty document of it, and then the
/// next one at the same place.
bool is_one_document(const std::string& text) {
  std::istringstream stream(text);
  YAML::Parser parser(stream);
  IgnoringHandler handler;
  return parser.HandleNextDocument(handler) && !parser.HandleNextDocument(handler);
}

template <class Number>
bool is_number(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

OrderedJson plain_scalar(std::string_view text) {
  if (text.empty() || text == "~" || text == "null") return nullptr;
  if (text == "true") return true;
  if (text == "false") return false;
  if (int64_t whole = 0; is_number(text, whole)) return whole;
  if (double number = 0; is_number(text, number) && std::isfinite(number)) return number;
  return std::string(text);
}

OrderedJson parse_yaml(const std::string& text, const std::string& where) {
  try {
    if (!is_one_document(text)) fail(ErrorCode::corrupt_data, where, ": should hold one YAML document");
    return Converter(where).convert(YAML::Load(text));
  } catch (const YAML::Exception& error) {
    fail(ErrorCode::corrupt_data, where, ": line ", error.mark.line + 1, ": not valid YAML: ", error.msg);
  }
}

OrderedJson read_yaml_file(const std::filesystem::path& path) {
  return parse_yaml(read_file(path, kMaxBytes), path.string());
}

}  // namespace sbert
