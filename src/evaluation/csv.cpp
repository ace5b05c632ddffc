#include <charconv>
#include <cmath>
#include <fstream>

#include <sbert/evaluation.h>

#include "base/fail.h"

namespace sbert::evaluation {

namespace {

/// The shortest text that reads back as `value`, in Python's spelling: 1.0, 1e-05, nan.
std::string python_float(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  const double magnitude = std::fabs(value);
  const bool plain = magnitude == 0 || (magnitude >= 1e-4 && magnitude < 1e16);
  char text[64];
  const auto end =
      std::to_chars(text, text + sizeof text, value, plain ? std::chars_format::fixed : std::chars_format::scientific);
  std::string result(text, end.ptr);
  return plain && result.find('.') == std::string::npos ? result + ".0" : result;
}

void append(const std::filesystem::path& path, const EvaluationResult::Csv& csv, const std::string& epoch,
            int64_t steps) {
  const bool exists = std::filesystem::exists(path);
  std::ofstream out(path, std::ios::app | std::ios::binary);
  if (!exists) {
    out << "epoch,steps";
    for (const auto& [column, value] : csv.columns)
      out << ',' << column;
    out << "\r\n";
  }
  out << epoch << ',' << steps;
  for (const auto& [column, value] : csv.columns)
    out << ',' << python_float(value);
  out << "\r\n";
  out.close();
  if (!out) fail(ErrorCode::io, path.string(), ": cannot be written");
}

}  // namespace

void append_csv(const std::filesystem::path& directory, const EvaluationResult& result, double epoch, int64_t steps) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) fail(ErrorCode::io, directory.string(), ": cannot be created: ", error.message());
  const std::string epoch_text = epoch == -1 ? "-1" : python_float(epoch);
  for (const EvaluationResult::Csv& csv : result.csv)
    append(directory / csv.file, csv, epoch_text, steps);
}

}  // namespace sbert::evaluation
