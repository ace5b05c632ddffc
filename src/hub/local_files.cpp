#include "hub/local_files.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "base/fail.h"
#include "base/files.h"
#include "hub/hashes.h"
#include "hub/repo.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSampleBytes = 512;

bool stays_here(const fs::directory_entry& entry) {
  const std::string name = entry.path().filename().string();
  std::error_code ignored;
  if (name.ends_with(".tmp")) return true;
  if (entry.is_directory(ignored)) return name == ".git" || name == ".cache" || name.starts_with("checkpoint-");
  return name.ends_with(".incomplete");
}

std::string hash_file(const LocalFile& file, Hash hash) {
  const auto mapped = MappedFile::open(file.place);
  const auto bytes = mapped->bytes();
  if (bytes.size() != file.size) fail(ErrorCode::io, file.place.string(), ": changes while it is read; try again");
  hash.update({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  mapped->release(bytes);
  return hash.finish();
}

}  // namespace

std::vector<LocalFile> list_local_files(const fs::path& directory) {
  std::vector<LocalFile> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(directory, error);
  if (error) fail(ErrorCode::not_found, directory.string(), ": cannot be read as a directory: ", error.message());
  for (const fs::recursive_directory_iterator end; entry != end; entry.increment(error)) {
    if (error) fail(ErrorCode::io, directory.string(), ": cannot read: ", error.message());
    if (stays_here(*entry)) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file(error)) {  // also behind a link, as a cache has them
      const std::string path = entry->path().lexically_relative(directory).generic_string();
      if (!is_safe_path(path)) {
        fail(ErrorCode::invalid_argument, entry->path().string(), ": the Hub takes no file of this name");
      }
      files.push_back({path, entry->path(), entry->file_size()});
    }
  }
  std::sort(files.begin(), files.end(), [](const LocalFile& a, const LocalFile& b) { return a.path < b.path; });
  return files;
}

std::string read_sample(const LocalFile& file) {
  std::string sample(std::min<uint64_t>(kSampleBytes, file.size), '\0');
  std::ifstream in(file.place, std::ios::binary);
  if (!in.read(sample.data(), static_cast<std::streamsize>(sample.size()))) {
    fail(ErrorCode::io, file.place.string(), ": cannot read: ", std::strerror(errno));
  }
  return sample;
}

std::string sha256_of(const LocalFile& file) {
  return hash_file(file, Hash::sha256());
}

std::string git_hash_of(const LocalFile& file) {
  return hash_file(file, Hash::git_blob(file.size));
}

}  // namespace sbert::hub
