#include "evaluation/prompts.h"

#include <initializer_list>

namespace sbert::evaluation {

namespace {

EncodeOptions with_first(const EncodeOptions& options, const SentenceTransformer& model,
                         std::initializer_list<const char*> names) {
  EncodeOptions result = options;
  if (result.prompt || result.prompt_name) return result;
  for (const char* name : names) {
    if (model.prompts().count(name) == 0) continue;
    result.prompt_name = name;
    break;
  }
  return result;
}

}  // namespace

EncodeOptions query_options(const EncodeOptions& options, const SentenceTransformer& model) {
  return with_first(options, model, {"query"});
}

EncodeOptions document_options(const EncodeOptions& options, const SentenceTransformer& model) {
  return with_first(options, model, {"document", "passage", "corpus"});
}

}  // namespace sbert::evaluation
