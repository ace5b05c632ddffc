#pragma once

#include "text/converters/sources.h"

/// Each makes a tokenizer.json as the class of transformers that it is named after does; each is defined in the file
/// that is named after it, those of one kind together. All throw not_found, io, corrupt_data.
namespace sbert::text {

Json convert_bert(TokenizerSources& sources);
Json convert_mpnet(TokenizerSources& sources);
Json convert_roberta(TokenizerSources& sources);
Json convert_gpt2(TokenizerSources& sources);
Json convert_clip(TokenizerSources& sources);
Json convert_xlm_roberta(TokenizerSources& sources);
Json convert_camembert(TokenizerSources& sources);
Json convert_t5(TokenizerSources& sources);
Json convert_llama(TokenizerSources& sources);
/// TokenizersBackend: the tokenizer.json as it is, or what a sentencepiece model says of itself.
Json convert_backend(TokenizerSources& sources);

/// What `tokenizer_class` names, or the class that the model of config.json has. THROWS: unsupported for a class that
/// is not known here, unless there is a tokenizer.json.
Json convert_tokenizer(TokenizerSources& sources);

}  // namespace sbert::text
