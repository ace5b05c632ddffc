#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

/// All tokens become one.
class FuseDecoder final : public Decoder {
 public:
  void decode(std::vector<std::string>& tokens) const override {
    std::string all;
    for (const std::string& token : tokens)
      all += token;
    tokens = {std::move(all)};
  }
};

}  // namespace

std::unique_ptr<Decoder> make_fuse_decoder(const Json&, const std::string&) {
  return std::make_unique<FuseDecoder>();
}

}  // namespace sbert::text
