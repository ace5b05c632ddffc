#include "cli/input_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/rereadable.h"

namespace sbert::cli {

InputFile InputFiles::find(const InputFile& file) {
  if (is_rereadable(file)) return file;
  struct stat status {};
  const int failed = file.is_stdin() ? ::fstat(STDIN_FILENO, &status) : ::stat(file.path().c_str(), &status);
  if (failed != 0) return file;  // who opens it says why
  const std::pair key{status.st_dev, status.st_ino};
  const auto known = copies_.find(key);
  return known != copies_.end() ? known->second : copies_.emplace(key, rereadable(file, directory_)).first->second;
}

}  // namespace sbert::cli
