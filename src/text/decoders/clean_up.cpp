#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

void clean_up(std::string& text, bool contract_do_not) {
  for (const auto& [wanted, content] :
       {std::pair{" .", "."}, {" ?", "?"}, {" !", "!"}, {" ,", ","}, {" ' ", "'"}, {" n't", "n't"}, {" 'm", "'m"}}) {
    replace_all(text, wanted, content);
  }
  if (contract_do_not) replace_all(text, " do not", " don't");
  for (const auto& [wanted, content] : {std::pair{" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"}})
    replace_all(text, wanted, content);
}

}  // namespace

void clean_up_tokenization(std::string& text) {
  clean_up(text, false);
}

void clean_up_wordpiece(std::string& token) {
  clean_up(token, true);
}

}  // namespace sbert::text
