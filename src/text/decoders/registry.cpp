#include "text/decoders/registry.h"

#include <array>
#include <string_view>

namespace sbert::text {

namespace {

struct DecoderEntry {
  std::string_view type;
  std::unique_ptr<Decoder> (*make)(const Json& config, const std::string& where);
};

constexpr std::array kDecoders = {
    DecoderEntry{"BPEDecoder", make_bpe_decoder},
    DecoderEntry{"ByteFallback", make_byte_fallback_decoder},
    DecoderEntry{"ByteLevel", make_byte_level_decoder},
    DecoderEntry{"CTC", make_ctc_decoder},
    DecoderEntry{"Fuse", make_fuse_decoder},
    DecoderEntry{"Metaspace", make_metaspace_decoder},
    DecoderEntry{"Replace", make_replace_decoder},
    DecoderEntry{"Sequence", make_decoder_sequence},
    DecoderEntry{"Strip", make_strip_decoder},
    DecoderEntry{"WordPiece", make_wordpiece_decoder},
};

}  // namespace

std::unique_ptr<Decoder> make_decoder(const Json& config, const std::string& where) {
  if (config.is_null()) return nullptr;
  const auto type = json_required<std::string>(config, "type", where);
  for (const DecoderEntry& entry : kDecoders) {
    if (entry.type == type) return entry.make(config, where + ": " + type);
  }
  fail(ErrorCode::unsupported, where, ": decoder '", type, "' is not known to this version");
}

void replace_all(std::string& text, std::string_view wanted, std::string_view content) {
  size_t at = text.find(wanted);
  if (at == text.npos) return;
  std::string out;
  size_t done = 0;
  for (; at != text.npos; at = text.find(wanted, done)) {
    out.append(text, done, at - done).append(content);
    done = at + wanted.size();
  }
  text = out.append(text, done);
}

}  // namespace sbert::text
