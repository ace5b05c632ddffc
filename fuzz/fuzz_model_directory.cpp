#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <sbert/error.h>
#include <sbert/sentence_transformer.h>

#include "model/load.h"
#include "model/registry.h"
#include "scratch_directory.h"

namespace {

using sbert::fuzz::ScratchDirectory;

constexpr std::string_view kBegin = "\n=== ";

void write_files(std::string_view input, const ScratchDirectory& directory) {
  for (size_t at = input.find(kBegin); at != std::string_view::npos;) {
    const std::string_view rest = input.substr(at + kBegin.size());
    const size_t end = rest.find(kBegin);
    const std::string_view file = rest.substr(0, end);
    const size_t name = std::min(file.find('\n'), file.size());
    directory.write(file.substr(0, name), file.substr(std::min(name + 1, file.size())));
    at = end == std::string_view::npos ? end : at + kBegin.size() + end;
  }
}

void expect_error_at_most(const auto& call) {
  try {
    call();
  } catch (const sbert::Error&) {
  }
}

}  // namespace

/// Input: the files of a directory, each as "\n=== NAME\n" and its bytes. It is opened as a model, and as each kind of
/// module. Whatever the bytes are, the outcome is one that can be used, or an sbert::Error.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const ScratchDirectory directory;
  static const std::string where = directory.path().string();
  directory.clear();
  write_files({reinterpret_cast<const char*>(data), size}, directory);
  for (const auto type : sbert::module_types()) {
    expect_error_at_most([&] { sbert::load_module(std::string(type), directory.path(), where).module->config(); });
  }
  expect_error_at_most([&] {
    const sbert::SentenceTransformer model(where);
    model.encode(std::string("Hello, world! The cat of New York"), {.precision = sbert::Precision::f32});
  });
  return 0;
}
