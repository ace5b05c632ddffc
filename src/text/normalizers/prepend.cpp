#include "text/normalizers/registry.h"

namespace sbert::text {

namespace {

/// Puts a string before a text that is not empty.
class Prepend final : public Normalizer {
 public:
  explicit Prepend(std::string prefix) : prefix_(std::move(prefix)) {}

  void normalize(TrackedText& text) const override {
    if (text.view().empty()) return;
    Rewrite out(text);
    out.put(prefix_, 0);
    out.copy(0, out.source().size());
    out.finish();
  }

 private:
  std::string prefix_;
};

}  // namespace

std::unique_ptr<Normalizer> make_prepend(const Json& config, const std::string& where) {
  return std::make_unique<Prepend>(json_required<std::string>(config, "prepend", where));
}

}  // namespace sbert::text
