#include "text/decoders/registry.h"

namespace sbert::text {

namespace {

class DecoderSequence final : public Decoder {
 public:
  explicit DecoderSequence(std::vector<std::unique_ptr<Decoder>> steps) : steps_(std::move(steps)) {}

  void decode(std::vector<std::string>& tokens) const override {
    for (const auto& step : steps_)
      step->decode(tokens);
  }

 private:
  std::vector<std::unique_ptr<Decoder>> steps_;
};

}  // namespace

std::unique_ptr<Decoder> make_decoder_sequence(const Json& config, const std::string& where) {
  const auto list = json_required<Json>(config, "decoders", where);
  if (!list.is_array()) fail(ErrorCode::corrupt_data, where, ": 'decoders' should be a list");
  std::vector<std::unique_ptr<Decoder>> steps;
  for (const Json& item : list) {
    steps.push_back(make_decoder(item, where));
    if (!steps.back()) fail(ErrorCode::corrupt_data, where, ": 'decoders' holds a null");
  }
  return std::make_unique<DecoderSequence>(std::move(steps));
}

}  // namespace sbert::text
