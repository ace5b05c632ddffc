#pragma once

#include <sbert/sentence_transformer.h>

namespace sbert::evaluation {

/// `options` as Python's encode_query uses them: without a prompt of the caller's, the model's prompt "query" if it has
/// one.
EncodeOptions query_options(const EncodeOptions& options, const SentenceTransformer& model);

/// The same for encode_document: the first of the model's prompts "document", "passage", "corpus".
EncodeOptions document_options(const EncodeOptions& options, const SentenceTransformer& model);

}  // namespace sbert::evaluation
