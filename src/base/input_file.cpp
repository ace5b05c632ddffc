#include "base/input_file.h"

namespace sbert {

InputFile::InputFile(std::filesystem::path called, std::shared_ptr<const TemporaryFile> copy)
    : path_("/proc/self/fd/" + std::to_string(copy->descriptor())),
      called_(std::move(called)),
      copy_(std::move(copy)) {}

std::string InputFile::name() const {
  return called_ == "-" || called_ == "/dev/stdin" ? "stdin" : called_.string();
}

}  // namespace sbert
