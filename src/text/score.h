#pragma once

namespace sbert::text {

/// What Hugging Face's tokenizers reads where a tokenizer.json says `score`. Its JSON reader takes the digits for an
/// integer, rounds that to a double and divides by a power of ten: it rounds twice, and every fourth score of a real
/// vocabulary ends up beside the nearest double. Which of two equally good ways to cut a text wins hangs on that bit.
double score_as_tokenizers_reads(double score);

}  // namespace sbert::text
