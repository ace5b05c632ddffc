#pragma once

#include "text/pre_tokenizer.h"

namespace sbert::text {

/// GPT-2's pieces, each byte written as the printable character that stands for it.
class ByteLevel final : public PreTokenizer {
 public:
  ByteLevel(bool add_prefix_space, bool use_regex) : add_prefix_space_(add_prefix_space), use_regex_(use_regex) {}

  void pre_tokenize(Pieces& pieces) const override;
  bool leave_bytes() override { return keep_bytes_ = true; }

 private:
  bool add_prefix_space_, use_regex_;
  bool keep_bytes_ = false;
};

}  // namespace sbert::text
