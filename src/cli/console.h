#pragma once

#include <chrono>
#include <map>
#include <string>

#include <sbert/progress.h>

namespace sbert::cli {

/// What a command says on stderr beside its data: notes, and how far it is. On a terminal one line that is redrawn,
/// with a bar, the rate and the time left; otherwise a plain line every few seconds. Nothing for work of less than a
/// moment, and nothing at all if quiet.
class Console {
 public:
  /// `data_on_stdout`: the command writes its data to stdout while it works; a bar would get mixed up with data that
  /// goes to the same terminal.
  Console(bool quiet, bool data_on_stdout);
  ~Console() { end_line(); }
  Console(const Console&) = delete;
  Console& operator=(const Console&) = delete;

  /// For the library; lives no longer than the console.
  ProgressCallback progress() {
    return [this](const Progress& progress) { show(progress); };
  }
  void show(const Progress& progress);
  /// One line, "sbert: ...".
  void note(const std::string& text);
  /// Leaves the last state of the bar where it is.
  void end_line();

 private:
  using Clock = std::chrono::steady_clock;

  /// A stage may pause while another runs (evaluations during training); only its own time counts.
  struct Stage {
    double seconds = 0;
    uint64_t first = 0;  ///< `done` at the first report: that much took no time we saw
    uint64_t done = 0;
  };

  Stage& enter(const Progress& progress, Clock::time_point now);
  std::string describe(const Progress& progress, const Stage& stage) const;

  bool shows_notes_;
  bool shows_progress_;
  bool terminal_;
  std::map<std::string, Stage, std::less<>> stages_;
  std::string current_;
  Clock::time_point last_report_ = Clock::now(), last_shown_ = last_report_;
  size_t line_width_ = 0;  ///< characters of the bar on the terminal; 0: there is none
};

}  // namespace sbert::cli
