#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace sbert::report {

/// A number with a name, such as "train/loss".
struct Scalar {
  std::string tag;
  float value;
};

/// The bytes of one TFRecord that holds a tensorflow.Event: length and data, each followed by its masked CRC-32C.
std::string version_record(double wall_time);
/// What was written before for this step or later ones does not count: the run went back to a checkpoint.
std::string restart_record(double wall_time, int64_t step);
std::string scalars_record(double wall_time, int64_t step, const std::vector<Scalar>& scalars);

/// An event file as TensorBoard reads it, written record by record while the run goes on.
///
/// Written by hand: an Event of numbers is four fields of a protocol buffer, for which Debian has only protobuf with a
/// compiler and a library of megabytes; CRC-32C is one table (zlib's CRC has another polynomial).
class EventFile {
 public:
  /// A new file; `step` is the first one it will hold. THROWS: io.
  EventFile(const std::filesystem::path& path, int64_t step);

  /// Readers see it at once. THROWS: io.
  void add(int64_t step, const std::vector<Scalar>& scalars);

 private:
  void write(std::string_view record);

  std::filesystem::path path_;
  std::ofstream file_;
};

}  // namespace sbert::report
