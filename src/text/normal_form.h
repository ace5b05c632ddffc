#pragma once

#include "text/tracked_text.h"

namespace sbert::text {

/// Unicode's normalization forms, in the Unicode version that Hugging Face's tokenizers use (about 12).
enum class NormalForm { nfd, nfc, nfkd, nfkc };

/// Rewrites `text` in the form. A text that is already in it costs one look at its bytes.
void to_normal_form(TrackedText& text, NormalForm form);

}  // namespace sbert::text
