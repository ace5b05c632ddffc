#include "model/convert.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/directories.h"
#include "base/fail.h"
#include "base/files.h"
#include "model/model_files.h"
#include "model/save.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

/// Whether a file holds weights or is part of a layout: what write_model does not write of these is no longer true.
bool belongs_to_old_model(const std::string& name) {
  constexpr std::array<std::string_view, 11> kEndings{".safetensors", ".bin", ".index.json", ".h5",   ".msgpack", ".ot",
                                                      ".onnx",        ".pt",  ".pth",        ".ckpt", ".gguf"};
  return name == "config.json" || (name.starts_with("sentence_") && name.ends_with("_config.json")) ||
         std::ranges::any_of(kEndings, [&](std::string_view ending) { return name.ends_with(ending); });
}

void copy_other_files(const fs::path& from, const fs::path& to) {
  for (const auto& entry : fs::directory_iterator(from)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && !belongs_to_old_model(name) && !file_exists(to / name)) {
      write_file_atomically(to / name, read_file(entry.path()));
    }
  }
}

bool lies_in(const fs::path& path, const fs::path& directory) {
  const fs::path whole = fs::weakly_canonical(fs::absolute(path));
  const fs::path root = fs::canonical(directory);
  return std::ranges::mismatch(root, whole).in1 == root.end();
}

}  // namespace

void require_new(const fs::path& from, const fs::path& to) {
  if (fs::is_directory(from) && lies_in(to, from)) {
    fail(ErrorCode::invalid_argument, to.string(), ": lies in the model that is to be converted; name another place");
  }
  remove_abandoned_fills(to);
  if (!file_exists(to) || (fs::is_directory(to) && fs::is_empty(to))) return;
  fail(ErrorCode::invalid_argument, to.string(), ": is there already; name a new directory, or remove it first");
}

void convert_model(const ModelImplementation& model, const fs::path& from, const fs::path& to, StoredDType dtype,
                   const std::function<void()>& on_tensor) {
  require_new(from, to);
  const auto write = [&](const fs::path& fresh) {
    // In old layouts the first module has a directory of its own.
    for (const fs::path& directory : {model.modules().front().directory, from})
      copy_other_files(directory, fresh);
    write_model(model, fresh, dtype, on_tensor);
  };
  if (!file_exists(to)) return make_directory_atomically(to, write);
  fill_directory(to, write, [&](const fs::path& fresh) { replace_model(fresh, follow_links(to)); });
}

}  // namespace sbert
