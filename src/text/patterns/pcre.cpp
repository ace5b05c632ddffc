#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/patterns/pcre.h"

#include <pcre2.h>

#include "base/fail.h"
#include "text/patterns/oniguruma.h"
#include "text/utf8.h"

namespace sbert::text {

namespace {

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
struct FreeMatchData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeMatchContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

PCRE2_SPTR code_units(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

/// An expression that is ready to run, and how long it may.
struct Compiled {
  static constexpr uint32_t kMaxSteps = 10'000'000, kMaxHeapKiB = 64 * 1024;

  Compiled(const std::string& expression, uint32_t options, const std::string& where) {
    int error = 0;
    PCRE2_SIZE error_offset = 0;
    code.reset(pcre2_compile(code_units(expression), expression.size(), PCRE2_UTF | PCRE2_UCP | options, &error,
                             &error_offset, nullptr));
    if (!code) {
      PCRE2_UCHAR message[256] = {};
      pcre2_get_error_message(error, message, sizeof message);
      fail(ErrorCode::unsupported, where, ": ", reinterpret_cast<const char*>(message));
    }
    pcre2_jit_compile(code.get(), PCRE2_JIT_COMPLETE);  // only faster; it may be impossible here
    context.reset(pcre2_match_context_create(nullptr));
    pcre2_set_match_limit(context.get(), kMaxSteps);
    pcre2_set_heap_limit(context.get(), kMaxHeapKiB);
  }

  std::unique_ptr<pcre2_code, FreeCode> code;
  std::unique_ptr<pcre2_match_context, FreeMatchContext> context;
};

class Pcre final : public Pattern {
 public:
  Pcre(const std::string& expression, const std::string& where)
      : where_(where + ": '" + expression + "'"),
        compiled_(spell_for_pcre(expression, where_), PCRE2_MULTILINE, where_) {}

  void find_all(std::string_view text, std::vector<Match>& out) const override {
    const std::unique_ptr<pcre2_match_data, FreeMatchData> data(
        pcre2_match_data_create_from_pattern(compiled_.code.get(), nullptr));
    size_t done = 0;
    bool any = false;
    for (size_t at = 0; at <= text.size();) {
      const int found = pcre2_match(compiled_.code.get(), code_units(text), text.size(), at, PCRE2_NO_UTF_CHECK,
                                    data.get(), compiled_.context.get());
      if (found == PCRE2_ERROR_NOMATCH) break;
      if (found < 0) fail(ErrorCode::unsupported, where_, ": needs too many steps on this text");
      const size_t* const ends = pcre2_get_ovector_pointer(data.get());
      const Span match{ends[0], ends[1]};
      if (match.begin >= match.end && any && match.end == done) {  // an empty match right after a match does not count
        at += at < text.size() ? decode_utf8(text, at).size : 1;
        continue;
      }
      if (done < match.begin) out.push_back({{done, match.begin}, false});
      out.push_back({match, true});
      at = done = match.end;
      any = true;
    }
    if (done < text.size()) out.push_back({{done, text.size()}, false});
  }

 private:
  std::string where_;
  Compiled compiled_;
};

}  // namespace

std::unique_ptr<Pattern> make_pcre_pattern(const std::string& expression, const std::string& where) {
  return std::make_unique<Pcre>(expression, where);
}

struct Substitution::Impl {
  std::string expression;
  Compiled compiled;
  std::string replacement;
};

Substitution::Substitution(const std::string& expression, std::string replacement)
    : impl_(new Impl{expression, {expression, 0, expression}, std::move(replacement)}) {}
Substitution::Substitution(Substitution&&) noexcept = default;
Substitution::~Substitution() = default;

std::string Substitution::operator()(std::string_view text) const {
  constexpr uint32_t kOptions = PCRE2_SUBSTITUTE_GLOBAL | PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | PCRE2_NO_UTF_CHECK;
  std::string out(text.size() + text.size() / 4 + 32, '\0');
  for (;;) {
    size_t size = out.size();
    const int done = pcre2_substitute(impl_->compiled.code.get(), code_units(text), text.size(), 0, kOptions, nullptr,
                                      impl_->compiled.context.get(), code_units(impl_->replacement),
                                      impl_->replacement.size(), reinterpret_cast<PCRE2_UCHAR*>(out.data()), &size);
    if (done < 0 && done != PCRE2_ERROR_NOMEMORY) {
      fail(ErrorCode::unsupported, "'", impl_->expression, "' needs too many steps on this text");
    }
    out.resize(size);
    if (done >= 0) return out;
  }
}

}  // namespace sbert::text
