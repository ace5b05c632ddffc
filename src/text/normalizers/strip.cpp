#include "text/normalizers/registry.h"
#include "text/unicode.h"

namespace sbert::text {

namespace {

/// Removes white space at either end.
class Strip final : public Normalizer {
 public:
  Strip(bool left, bool right) : left_(left), right_(right) {}

  void normalize(TrackedText& text) const override {
    const std::string_view view = text.view();
    size_t begin = 0, end = view.size();
    while (left_ && begin < end) {
      const CodePoint point = decode_utf8(view, begin);
      if (!unicode::is_white_space(point.value)) break;
      begin += point.size;
    }
    while (right_ && begin < end) {
      const size_t last = previous_character(view, end);
      if (!unicode::is_white_space(decode_utf8(view, last).value)) break;
      end = last;
    }
    Rewrite out(text);
    out.copy(begin, end);
    out.finish();
  }

 private:
  bool left_, right_;
};

}  // namespace

std::unique_ptr<Normalizer> make_strip(const Json& config, const std::string& where) {
  return std::make_unique<Strip>(json_required<bool>(config, "strip_left", where),
                                 json_required<bool>(config, "strip_right", where));
}

}  // namespace sbert::text
