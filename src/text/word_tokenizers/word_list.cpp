#include "text/word_tokenizers/word_list.h"

#include <sbert/models.h>

namespace sbert::text {

WordList::WordList(const std::vector<std::string>& vocabulary, std::vector<std::string> stop_words,
                   const std::string& where)
    : stop_words_(std::move(stop_words)), is_stop_word_(stop_words_.begin(), stop_words_.end()) {
  for (size_t id = 0; id < vocabulary.size(); ++id)
    vocabulary_.add(vocabulary[id], static_cast<int64_t>(id), where, Vocabulary::SameToken::last_counts);
}

WordList WordList::from_json(const Json& config, const std::string& where) {
  return {json_required<std::vector<std::string>>(config, "vocab", where),
          json_value(config, "stop_words", models::english_stop_words(), where), where};
}

WordList::Answer WordList::add(std::string_view word, std::vector<int32_t>& ids) const {
  if (is_stop_word_.contains(word)) return Answer::stop;
  const auto id = vocabulary_.find(word);
  if (!id) return Answer::unknown;
  ids.push_back(*id);
  return Answer::known;
}

OrderedJson WordList::to_json() const {
  OrderedJson words = OrderedJson::array();
  // With words that are there twice, which Python leaves out of its file: the others then get other rows.
  for (const auto& [word, id] : vocabulary_.entries())
    words.push_back(word);
  return {{"vocab", std::move(words)}, {"stop_words", stop_words_}};
}

}  // namespace sbert::text
