#include <optional>
#include <vector>

#include "base/base64.h"
#include "text/grapheme.h"
#include "text/normalizers/charsmap.h"
#include "text/normalizers/registry.h"
#include "text/transform.h"

namespace sbert::text {

namespace {

/// SentencePiece's normalization by a table of replacements. Where a grapheme cluster has fewer than six bytes, the
/// replacement of its shortest listed beginning stands for all of it; otherwise its characters are replaced one by one.
/// That is not NFKC, although most tables are named after it.
class Precompiled final : public Normalizer {
 public:
  explicit Precompiled(Charsmap map) : map_(std::move(map)) {}

  void normalize(TrackedText& text) const override {
    if (!text.tracks()) return normalize_untracked(text);
    std::vector<Change> changes;
    for_each_replacement(text.view(), [&](std::string_view old, std::optional<std::string_view> replacement) {
      add_changes(old, replacement.value_or(old), changes);
    });
    transform(text, changes);
  }

 private:
  static constexpr size_t kLongestCluster = 5;

  void normalize_untracked(TrackedText& text) const {
    Rewrite out(text);
    std::string& bytes = out.bytes();
    for_each_replacement(out.source(), [&](std::string_view old, std::optional<std::string_view> replacement) {
      bytes.append(replacement.value_or(old));
    });
    out.finish();
  }

  /// Calls `use(old, replacement)` for consecutive parts of the text.
  template <class Use>
  void for_each_replacement(std::string_view text, Use use) const {
    for (size_t at = 0; at < text.size();) {
      if (const size_t end = map_.skip_plain_ascii(text, at); end != at) {
        use(text.substr(at, end - at), std::nullopt);
        at = end;
        continue;
      }
      const size_t end = grapheme_end(text, at);
      const std::string_view cluster = text.substr(at, end - at);
      at = end;
      if (cluster.size() <= kLongestCluster) {
        if (const auto replacement = map_.find(cluster)) {
          use(cluster, replacement);
          continue;
        }
      }
      for (size_t i = 0; i < cluster.size();) {
        const std::string_view character = cluster.substr(i, decode_utf8(cluster, i).size);
        use(character, map_.find(character));
        i += character.size();
      }
    }
  }

  /// The last characters of a longer replacement are new; the last of a shorter one takes what is left of the old part.
  static void add_changes(std::string_view old, std::string_view replacement, std::vector<Change>& changes) {
    const auto old_count = static_cast<int>(count_characters(old));
    const auto count = static_cast<int>(count_characters(replacement));
    for (size_t at = 0; at < replacement.size();) {
      const CodePoint point = decode_utf8(replacement, at);
      changes.push_back({point.value, 0});
      at += point.size;
    }
    for (int i = 0; i < count - old_count; ++i)
      changes[changes.size() - 1 - static_cast<size_t>(i)].added = 1;
    if (count < old_count && !changes.empty()) changes.back().added += count - old_count;
  }

  Charsmap map_;
};

}  // namespace

std::unique_ptr<Normalizer> make_precompiled(const Json& config, const std::string& where) {
  const auto encoded = json_value<std::string>(config, "precompiled_charsmap", "", where);
  const auto bytes = decode_base64(encoded);
  if (!bytes) fail(ErrorCode::corrupt_data, where, ": 'precompiled_charsmap' is not base64");
  return std::make_unique<Precompiled>(Charsmap(*bytes, where));
}

}  // namespace sbert::text
