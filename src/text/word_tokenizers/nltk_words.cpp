#include "text/word_tokenizers/nltk_words.h"

#include <span>

#include "text/patterns/pcre.h"
#include "text/python_string.h"

namespace sbert::text {
namespace {

/// Python's \s
const std::string kSpace =
    R"([\x{9}-\x{d}\x{1c}-\x{20}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}])";

/// The rules of the Penn Treebank's tokenizer as NLTK (Apache-2.0) has them, in its order: each puts blanks around what
/// becomes a word of its own.
const std::vector<Substitution>& rules_for_marks() {
  static const auto rules = [] {
    std::vector<Substitution> all;
    // Quotes that open.
    all.emplace_back("([\u00ab\u201c\u2018\u201e]|`+)", " $1 ");
    all.emplace_back(R"(^")", "``");
    all.emplace_back("(``)", " $1 ");
    all.emplace_back(R"(([ (\[{<])("|'{2}))", "$1 `` ");
    all.emplace_back(R"((?i)(?<!\w)(')(?!(?:re|ve|ll|m|t|s|d|n)\b)(?=\w))", "$1 ");
    // Punctuation. The last full stop ends the sentence, whatever brackets and quotes follow it.
    all.emplace_back("([^.])(\\.)([\\])}>\"'\u00bb\u201d\u2019 ]*+)" + kSpace + "*$", "$1 $2 $3 ");
    all.emplace_back(R"(([:,])([^\d]))", " $1 $2");
    all.emplace_back("([:,])$", " $1 ");
    all.emplace_back(R"(\.{2,})", " $0 ");
    all.emplace_back("[;@#$%&]", " $0 ");
    all.emplace_back("[\u2012-\u2015]", " $0 ");
    all.emplace_back(R"(([^.])(\.)([\])}>"']*))" + kSpace + "*$", "$1 $2$3 ");
    all.emplace_back("[?!]", " $0 ");
    all.emplace_back("([^'])' ", "$1 ' ");
    all.emplace_back("[*]", " $0 ");
    all.emplace_back(R"([\]\[(){}<>])", " $0 ");
    all.emplace_back("--", " -- ");
    return all;
  }();
  return rules;
}

/// These want a blank before the first word and after the last one.
const std::vector<Substitution>& rules_for_words() {
  static const auto rules = [] {
    std::vector<Substitution> all;
    // Quotes that close.
    all.emplace_back("([\u00bb\u201d\u2019])", " $1 ");
    all.emplace_back("''", " '' ");
    all.emplace_back("\"", " '' ");
    all.emplace_back(kSpace + "+", " ");
    // Clitics and contractions.
    all.emplace_back("([^' ])('[sS]|'[mM]|'[dD]|') ", "$1 $2 ");
    all.emplace_back("([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", "$1 $2 ");
    for (const char* pair :
         {"(can)(not)", "(d)('ye)", "(gim)(me)", "(gon)(na)", "(got)(ta)", "(lem)(me)", "(more)('n)"})
      all.emplace_back(concat("(?i)\\b", pair, "\\b"), " $1 $2 ");
    all.emplace_back("(?i)\\b(wan)(na)(?=" + kSpace + ")", " $1 $2 ");
    all.emplace_back(R"((?i) ('t)(is)\b)", " $1 $2 ");
    all.emplace_back(R"((?i) ('t)(was)\b)", " $1 $2 ");
    return all;
  }();
  return rules;
}

std::string replace_all(std::span<const Substitution> rules, std::string text) {
  for (const Substitution& rule : rules)
    text = rule(text);
  return text;
}

}  // namespace

std::vector<std::string> nltk_words(std::string_view text) {
  std::string marked = replace_all(rules_for_marks(), std::string(text));
  marked = replace_all(rules_for_words(), " " + marked + " ");
  const auto words = split_words(marked);
  return {words.begin(), words.end()};
}

}  // namespace sbert::text
