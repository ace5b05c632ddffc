#include "base/fail.h"
#include "text/python_string.h"
#include "text/utf8.h"
#include "text/word_tokenizers/registry.h"
#include "text/word_tokenizers/word_list_tokenizer.h"

namespace sbert::text {
namespace {

constexpr const char* kWhitespaceFile = "whitespacetokenizer_config.json";

/// What stands between white space; then without punctuation around it; then in lower case: the first spelling that is
/// known counts.
class WhitespaceTokenizer final : public WordListTokenizer {
 public:
  WhitespaceTokenizer(WordList words, bool do_lower_case)
      : WordListTokenizer(std::move(words)), do_lower_case_(do_lower_case) {}

  std::string type() const override {
    return "sentence_transformers.models.tokenizer.WhitespaceTokenizer.WhitespaceTokenizer";
  }

  std::vector<int32_t> tokenize(std::string_view text) const override {
    require_utf8(text);
    std::vector<int32_t> ids;
    const std::string lower = do_lower_case_ ? lower_case(text) : "";
    for (const std::string_view word : split_words(do_lower_case_ ? lower : text))
      add(word, ids);
    return ids;
  }

  std::vector<std::pair<std::string, std::string>> files() const override {
    OrderedJson config = words_.to_json();
    config["do_lower_case"] = do_lower_case_;
    return {{kWhitespaceFile, config.dump() + "\n"}};
  }

 private:
  void add(std::string_view word, std::vector<int32_t>& ids) const {
    using enum WordList::Answer;
    if (words_.add(word, ids) != unknown) return;
    const std::string_view bare = strip_punctuation(word);
    if (!bare.empty() && words_.add(bare, ids) != unknown) return;
    words_.add(lower_case(bare), ids);
  }

  bool do_lower_case_;
};

}  // namespace

std::unique_ptr<WordTokenizer> make_whitespace_tokenizer(const models::WhitespaceTokenizer& settings,
                                                         const std::vector<std::string>& vocabulary) {
  return std::make_unique<WhitespaceTokenizer>(WordList(vocabulary, settings.stop_words, "WhitespaceTokenizer"),
                                               settings.do_lower_case);
}

std::unique_ptr<WordTokenizer> open_whitespace_tokenizer(const std::filesystem::path& directory) {
  const std::string where = (directory / kWhitespaceFile).string();
  const Json config = read_json_file(where);
  return std::make_unique<WhitespaceTokenizer>(WordList::from_json(config, where),
                                               json_value(config, "do_lower_case", false, where));
}

}  // namespace sbert::text
