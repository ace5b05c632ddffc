#include <functional>
#include <set>

#include "base/fail.h"
#include "text/python_string.h"
#include "text/utf8.h"
#include "text/word_tokenizers/nltk_words.h"
#include "text/word_tokenizers/registry.h"
#include "text/word_tokenizers/word_list_tokenizer.h"

namespace sbert::text {
namespace {

constexpr const char* kPhraseFile = "phrasetokenizer_config.json";

size_t count(std::string_view text, std::string_view part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size()))
    ++count;
  return count;
}

/// Null: there are no phrases.
std::string read_separator(const Json& config, const std::string& where) {
  return config.contains("ngram_separator") ? json_value<std::string>(config, "ngram_separator", "", where) : "_";
}

/// Words as NLTK cuts them, of which those that follow each other and together are a phrase of the vocabulary
/// (New_York) are one. Each as it is, else in lower case, else without punctuation around it.
class PhraseTokenizer final : public WordListTokenizer {
 public:
  PhraseTokenizer(WordList words, models::PhraseTokenizer settings)
      : WordListTokenizer(std::move(words)), settings_(std::move(settings)) {
    if (settings_.ngram_separator.empty()) return;
    for (const auto& [word, id] : words_.vocabulary().entries())
      add_phrase(word);
  }

  std::string type() const override { return "sentence_transformers.models.tokenizer.PhraseTokenizer.PhraseTokenizer"; }

  std::vector<int32_t> tokenize(std::string_view text) const override {
    require_utf8(text);
    std::vector<std::string> words = nltk_words(text);
    for (const size_t length : phrase_lengths_)
      join_phrases(words, length);
    std::vector<int32_t> ids;
    for (const std::string& word : words)
      add(word, ids);
    return ids;
  }

  std::vector<std::pair<std::string, std::string>> files() const override {
    OrderedJson config = words_.to_json();
    config["do_lower_case"] = settings_.do_lower_case;
    if (settings_.ngram_separator.empty()) {
      config["ngram_separator"] = nullptr;
    } else {
      config["ngram_separator"] = settings_.ngram_separator;
    }
    config["max_ngram_length"] = settings_.max_ngram_length;
    return {{kPhraseFile, config.dump() + "\n"}};
  }

 private:
  void add_phrase(std::string_view word) {
    const std::string& separator = settings_.ngram_separator;
    const size_t separators = count(word, separator);
    // Two of them after each other are damage, not a phrase.
    if (separators == 0 || word.find(separator + separator) != std::string_view::npos) return;
    if (static_cast<int64_t>(separators) >= settings_.max_ngram_length) return;
    phrases_.emplace(word);
    phrase_lengths_.insert(separators + 1);
  }

  void join_phrases(std::vector<std::string>& words, size_t length) const {
    std::vector<std::string> joined;
    size_t at = 0;
    while (at + length <= words.size()) {
      std::string phrase = words[at];
      for (size_t i = 1; i < length; ++i)
        phrase += settings_.ngram_separator + words[at + i];
      if (!phrases_.contains(phrase)) phrase = lower_case(phrase);
      const bool found = phrases_.contains(phrase);
      joined.push_back(found ? std::move(phrase) : std::move(words[at]));
      at += found ? length : 1;
    }
    joined.insert(joined.end(), std::make_move_iterator(words.begin() + static_cast<ptrdiff_t>(at)),
                  std::make_move_iterator(words.end()));
    words = std::move(joined);
  }

  void add(std::string_view word, std::vector<int32_t>& ids) const {
    using enum WordList::Answer;
    if (words_.add(word, ids) != unknown) return;
    const std::string lower = lower_case(word);
    if (words_.add(lower, ids) != unknown) return;
    const std::string_view bare = strip_punctuation(lower);
    if (!bare.empty()) words_.add(bare, ids);
  }

  models::PhraseTokenizer settings_;
  std::set<std::string, std::less<>> phrases_;
  std::set<size_t, std::greater<>> phrase_lengths_;  // the longest first
};

}  // namespace

std::unique_ptr<WordTokenizer> make_phrase_tokenizer(const models::PhraseTokenizer& settings,
                                                     const std::vector<std::string>& vocabulary) {
  return std::make_unique<PhraseTokenizer>(WordList(vocabulary, settings.stop_words, "PhraseTokenizer"), settings);
}

std::unique_ptr<WordTokenizer> open_phrase_tokenizer(const std::filesystem::path& directory) {
  const std::string where = (directory / kPhraseFile).string();
  const Json config = read_json_file(where);
  return std::make_unique<PhraseTokenizer>(
      WordList::from_json(config, where),
      models::PhraseTokenizer{.stop_words = {},
                              .do_lower_case = json_value(config, "do_lower_case", false, where),
                              .ngram_separator = read_separator(config, where),
                              .max_ngram_length = json_value<int64_t>(config, "max_ngram_length", 5, where)});
}

}  // namespace sbert::text
