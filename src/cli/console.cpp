#include "cli/console.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/format.h"

namespace sbert::cli {

namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 5;
constexpr size_t kBarWidth = 20;

size_t terminal_width() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20) return 80;
  return size.ws_col;
}

/// Errors are ignored: nobody can be told that stderr is gone, and the work goes on.
void write_stderr(const std::string& text) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
}

std::string format_rate(double rate, std::string_view unit) {
  const int decimals = rate < 10 ? 2 : rate < 100 ? 1 : 0;
  char number[64];
  std::snprintf(number, sizeof number, "%.*f", decimals, rate);
  return concat(decimals == 0 ? format_count(static_cast<uint64_t>(std::llround(rate))) : number, " ", unit, "/s");
}

/// Bytes are counted in millions.
bool is_bytes(std::string_view unit) {
  return unit == "bytes";
}

std::string format_amount(uint64_t amount, std::string_view unit) {
  if (!is_bytes(unit)) return format_count(amount);
  char number[64];
  std::snprintf(number, sizeof number, "%.1f", static_cast<double>(amount) / 1e6);
  return number;
}

std::string bar(double part) {
  const auto filled = static_cast<size_t>(part * kBarWidth);
  return concat("[", std::string(filled, '#'), std::string(kBarWidth - filled, '.'), "] ");
}

}  // namespace

Console::Console(bool quiet, bool data_on_stdout) : shows_notes_(!quiet), terminal_(isatty(STDERR_FILENO) != 0) {
  shows_progress_ = !quiet && !(terminal_ && data_on_stdout && isatty(STDOUT_FILENO) != 0);
}

Console::Stage& Console::enter(const Progress& progress, Clock::time_point now) {
  Stage& stage = stages_[std::string(progress.stage)];
  const bool restarted = progress.done < stage.done;
  if (restarted) stage = {};
  if (stage.seconds == 0 && stage.done == 0) stage.first = progress.done;
  if (current_ == progress.stage && !restarted)
    stage.seconds += std::chrono::duration<double>(now - last_report_).count();
  stage.done = progress.done;
  current_ = progress.stage;
  last_report_ = now;
  return stage;
}

std::string Console::describe(const Progress& progress, const Stage& stage) const {
  std::string line = concat(progress.stage, " ");
  if (progress.total > 0) {
    const double part = std::min(1.0, static_cast<double>(progress.done) / static_cast<double>(progress.total));
    if (terminal_) line += bar(part);
    line += concat(format_amount(progress.done, progress.unit), "/", format_amount(progress.total, progress.unit));
  } else {
    line += format_amount(progress.done, progress.unit);
  }
  line += concat(" ", is_bytes(progress.unit) ? "MB" : progress.unit);
  if (stage.seconds > 0 && progress.done > stage.first) {
    const double rate = static_cast<double>(progress.done - stage.first) / stage.seconds;
    line += concat("  ", is_bytes(progress.unit) ? format_rate(rate / 1e6, "MB") : format_rate(rate, progress.unit));
    if (progress.total > progress.done) {
      line += concat("  ", format_duration(static_cast<double>(progress.total - progress.done) / rate), " left");
    }
  }
  if (!progress.detail.empty()) line += concat("  ", progress.detail);
  return line;
}

void Console::show(const Progress& progress) {
  if (!shows_progress_) return;
  const auto now = Clock::now();
  const Stage& stage = enter(progress, now);
  const double since_shown = std::chrono::duration<double>(now - last_shown_).count();
  if (!terminal_) {
    if (since_shown < kLineSeconds) return;
    write_stderr(concat("sbert: ", describe(progress, stage), "\n"));
  } else {
    const bool last = progress.done == progress.total && line_width_ > 0;
    if (since_shown < kRedrawSeconds && !last) return;
    std::string line = describe(progress, stage);
    line.resize(std::min(line.size(), terminal_width() - 1));
    const size_t shorter = line_width_ > line.size() ? line_width_ - line.size() : 0;
    line_width_ = line.size();
    write_stderr(concat("\r", line, std::string(shorter, ' ')));
  }
  last_shown_ = now;
}

void Console::end_line() {
  if (line_width_ > 0) write_stderr("\n");
  line_width_ = 0;
}

void Console::note(const std::string& text) {
  if (!shows_notes_) return;
  // The bar is drawn again below the note.
  if (line_width_ > 0) write_stderr(concat("\r", std::string(line_width_, ' '), "\r"));
  line_width_ = 0;
  write_stderr(concat("sbert: ", text, "\n"));
}

}  // namespace sbert::cli
