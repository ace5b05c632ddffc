#include "text/converters/parts.h"

namespace sbert::text {

Json replace_string(const char* wanted, const char* content) {
  return {{"type", "Replace"}, {"pattern", {{"String", wanted}}}, {"content", content}};
}

Json replace_regex(const char* pattern, const char* content) {
  return {{"type", "Replace"}, {"pattern", {{"Regex", pattern}}}, {"content", content}};
}

Json lowercase_part() {
  return {{"type", "Lowercase"}};
}

Json strip_right() {
  return {{"type", "Strip"}, {"strip_left", false}, {"strip_right", true}};
}

Json metaspace(const char* prepend_scheme, bool split) {
  return {{"type", "Metaspace"}, {"replacement", "▁"}, {"prepend_scheme", prepend_scheme}, {"split", split}};
}

Json metaspace_words(const char* prepend_scheme) {
  return {{"type", "Sequence"}, {"pretokenizers", {{{"type", "WhitespaceSplit"}}, metaspace(prepend_scheme)}}};
}

Json normalizer_sequence(Json steps) {
  return {{"type", "Sequence"}, {"normalizers", std::move(steps)}};
}

Json decoder_sequence(Json steps) {
  return {{"type", "Sequence"}, {"decoders", std::move(steps)}};
}

Json quotation_marks() {
  return Json::array({replace_string("``", "\""), replace_string("''", "\"")});
}

}  // namespace sbert::text
