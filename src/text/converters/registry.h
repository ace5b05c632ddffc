#pragma once

#include "text/converters/sources.h"

/// Each makes a tokenizer.json as the class of transformers that it is named after does; those of one kind are defined
/// in one file: bert.cpp, byte_level.cpp, sentencepiece_bpe.cpp, sentencepiece.cpp, unigram.cpp. All throw not_found,
/// io, corrupt_data.
namespace sbert::text {

Json convert_bert(TokenizerSources& sources);
Json convert_convbert(TokenizerSources& sources);
Json convert_dpr(TokenizerSources& sources);
Json convert_funnel(TokenizerSources& sources);
Json convert_mpnet(TokenizerSources& sources);
Json convert_splinter(TokenizerSources& sources);

Json convert_blenderbot(TokenizerSources& sources);
Json convert_clip(TokenizerSources& sources);
Json convert_codegen(TokenizerSources& sources);
Json convert_cohere(TokenizerSources& sources);
Json convert_deberta(TokenizerSources& sources);
Json convert_gpt2(TokenizerSources& sources);
Json convert_gpt_neox(TokenizerSources& sources);
Json convert_qwen2(TokenizerSources& sources);
Json convert_qwen3_5(TokenizerSources& sources);
Json convert_roberta(TokenizerSources& sources);

Json convert_code_llama(TokenizerSources& sources);
Json convert_gemma(TokenizerSources& sources);
Json convert_herbert(TokenizerSources& sources);
Json convert_llama(TokenizerSources& sources);
Json convert_nllb(TokenizerSources& sources);
Json convert_openai_gpt(TokenizerSources& sources);
Json convert_reformer(TokenizerSources& sources);
Json convert_siglip2(TokenizerSources& sources);

Json convert_camembert(TokenizerSources& sources);
Json convert_lasr(TokenizerSources& sources);
Json convert_mbart(TokenizerSources& sources);
Json convert_t5(TokenizerSources& sources);
Json convert_video_prism(TokenizerSources& sources);
Json convert_xlm_roberta(TokenizerSources& sources);

Json convert_albert(TokenizerSources& sources);
Json convert_barthez(TokenizerSources& sources);
Json convert_big_bird(TokenizerSources& sources);
Json convert_deberta_v2(TokenizerSources& sources);
Json convert_fnet(TokenizerSources& sources);
Json convert_pegasus(TokenizerSources& sources);
Json convert_rembert(TokenizerSources& sources);
Json convert_xglm(TokenizerSources& sources);
Json convert_xlnet(TokenizerSources& sources);

/// TokenizersBackend: the tokenizer.json as it is, or what a sentencepiece model says of itself.
Json convert_backend(TokenizerSources& sources);

/// Of the class that transformers takes for the directory (classes.h). THROWS: unsupported for one that is not known
/// here.
Json convert_tokenizer(TokenizerSources& sources);

}  // namespace sbert::text
