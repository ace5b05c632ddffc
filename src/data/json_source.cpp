#include "data/json_source.h"

#include <span>
#include <system_error>
#include <vector>

#include "base/gzip_input.h"

namespace sbert {

JsonSource::JsonSource(const std::filesystem::path& path, bool again)
    : path_(path), name_(path == "-" || path == "/dev/stdin" ? "stdin" : path.string()) {
  std::error_code none;
  using std::filesystem::is_character_file, std::filesystem::is_fifo, std::filesystem::is_socket;
  rereadable_ = path != "-" && !is_fifo(path, none) && !is_socket(path, none) && !is_character_file(path, none);
  if (rereadable_ || !again) return;
  GzipInput input(path);
  copy_ = std::make_unique<TemporaryFile>("");
  std::vector<char> buffer(size_t{1} << 16);
  while (const size_t size = input.read(buffer))
    copy_->append(std::as_bytes(std::span(buffer).first(size)));
  path_ = "/proc/self/fd/" + std::to_string(copy_->descriptor());
  rereadable_ = true;
}

}  // namespace sbert
