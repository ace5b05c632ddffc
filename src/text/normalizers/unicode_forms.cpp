#include "text/normal_form.h"
#include "text/normalizers/registry.h"

namespace sbert::text {

namespace {

class UnicodeForm final : public Normalizer {
 public:
  explicit UnicodeForm(NormalForm form) : form_(form) {}
  void normalize(TrackedText& text) const override { to_normal_form(text, form_); }

 private:
  NormalForm form_;
};

}  // namespace

std::unique_ptr<Normalizer> make_nfc(const Json&, const std::string&) {
  return std::make_unique<UnicodeForm>(NormalForm::nfc);
}
std::unique_ptr<Normalizer> make_nfd(const Json&, const std::string&) {
  return std::make_unique<UnicodeForm>(NormalForm::nfd);
}
std::unique_ptr<Normalizer> make_nfkc(const Json&, const std::string&) {
  return std::make_unique<UnicodeForm>(NormalForm::nfkc);
}
std::unique_ptr<Normalizer> make_nfkd(const Json&, const std::string&) {
  return std::make_unique<UnicodeForm>(NormalForm::nfkd);
}

}  // namespace sbert::text
