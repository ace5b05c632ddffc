#include "model/pytorch_file.h"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using test::expect_error;
using test::TemporaryDirectory;

std::string golden_bytes(const std::string& name) {
  return read_file(test::golden_path("checkpoints", name));
}

/// Opens `bytes` as a file and reads every tensor.
void read_all(const std::string& bytes) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "pytorch_model.bin", std::ios::binary) << bytes;
  const PytorchFile file(directory / "pytorch_model.bin");
  for (const auto& tensor : file.tensors()) {
    std::vector<float> values(static_cast<size_t>(element_count(tensor.shape)));
    if (tensor.dtype != StoredDType::other) copy_as_float(tensor, values.data());
  }
}

void expect_refused(const std::string& bytes, ErrorCode code, std::vector<std::string> parts) {
  parts.emplace_back("pytorch_model.bin");
  expect_error([&] { read_all(bytes); }, code, parts);
}

class TorchFiles : public testing::TestWithParam<std::string> {};

TEST_P(TorchFiles, EveryTensorIsThatOfPython) {
  const PytorchFile file(test::golden_path("checkpoints", GetParam()));
  const test::GoldenTensors expected("tensors.safetensors", "checkpoints");
  ASSERT_EQ(file.tensors().size(), expected.all().size());
  for (const auto& tensor : file.tensors()) {
    SCOPED_TRACE(tensor.name);
    const StoredTensor& golden = expected.stored(tensor.name);
    EXPECT_EQ(tensor.shape, golden.shape);
    EXPECT_EQ(tensor.dtype_name, golden.dtype_name);
    const auto count = static_cast<size_t>(element_count(golden.shape));
    if (tensor.dtype != StoredDType::other) {
      std::vector<float> ours(count), theirs(count);
      copy_as_float(tensor, ours.data());
      copy_as_float(golden, theirs.data());
      EXPECT_EQ(ours, theirs);
    } else if (tensor.dtype_name == "I64" || tensor.dtype_name == "I32") {
      EXPECT_EQ(copy_as_integers(tensor), copy_as_integers(golden));
    } else {
      EXPECT_TRUE(std::ranges::equal(tensor.bytes, golden.bytes));
    }
  }
}

TEST_P(TorchFiles, TruncatedAnywhere) {
  const std::string bytes = golden_bytes(GetParam());
  for (size_t size = 0; size < bytes.size(); size += 1 + size / 64)
    EXPECT_THROW(read_all(bytes.substr(0, size)), Error) << size;
  EXPECT_THROW(read_all(bytes.substr(0, bytes.size() - 1)), Error);
}

TEST_P(TorchFiles, ADamagedByteIsAnErrorOrAnotherNumber) {
  const std::string bytes = golden_bytes(GetParam());
  for (size_t at = 0; at < bytes.size(); at += 3) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0xff);
    try {
      read_all(damaged);
    } catch (const Error&) {
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, TorchFiles,
                         testing::Values("tensors_zip.bin", "tensors_protocol4.bin", "tensors_legacy.bin"),
                         [](const auto& file) { return file.param.substr(0, file.param.find('.')); });

TEST(TorchFile, CodeIsNeverRun) {
  for (const std::string file : {"runs_code_zip.bin", "runs_code_legacy.bin"}) {
    expect_refused(golden_bytes(file), ErrorCode::unsupported, {"posix.system", "not run", "save_pretrained"});
    EXPECT_FALSE(fs::exists("code-was-run"));
  }
}

TEST(TorchFile, OtherFiles) {
  expect_error([] { const PytorchFile file("/nowhere/a.bin"); }, ErrorCode::not_found, {"/nowhere/a.bin"});
  for (const auto& bytes : {""s, "P"s, std::string(600, '\0')})
    expect_refused(bytes, ErrorCode::corrupt_data, {"torch.save"});
  expect_refused("version https://git-lfs.github.com/spec/v1\noid sha256:0", ErrorCode::corrupt_data,
                 {"Git LFS pointer"});
}

/// Little-endian bytes.
template <class Integer>
std::string raw(Integer value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

// Pieces of a pickle.
std::string text(const std::string& value) {
  return "X" + raw(static_cast<uint32_t>(value.size())) + value;
}
std::string number(int32_t value) {
  return "J" + raw(value);
}
std::string tuple(const std::string& items) {
  return "(" + items + "t";
}
std::string storage(int32_t elements, const std::string& type = "FloatStorage") {
  return tuple(text("storage") + "ctorch\n" + type + "\n" + text("0") + text("cpu") + number(elements) + "N") + "Q";
}
std::string tensor(const std::string& its_storage, int32_t offset, const std::string& shape,
                   const std::string& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n" +
         tuple(its_storage + number(offset) + tuple(shape) + tuple(strides) + "\x89}") + "R";
}
std::string dictionary(const std::string& items) {
  return "}(" + items + "u";
}

/// A file in the old format whose object is `body`, with these storages behind it.
std::string legacy(const std::string& body, const std::string& storages = "].") {
  const std::string machine = dictionary(text("little_endian") + "\x88");
  return "\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."s + "M" + raw(uint16_t{1001}) + "." + machine +
         "." + body + "." + storages;
}
/// One with a tensor 'a' and a storage '0' of four floats.
std::string with_tensor(const std::string& value) {
  return legacy(dictionary(text("a") + value), "](" + text("0") + "e." + raw(uint64_t{4}) + std::string(16, '\0'));
}

TEST(TorchFile, WhatTheTestsBuildIsAFile) {
  EXPECT_NO_THROW(read_all(with_tensor(tensor(storage(4), 0, number(2) + number(2), number(1) + number(2)))));
}

TEST(TorchFile, SizesOffsetsAndStrides) {
  constexpr int32_t kHuge = 0x7fffffff;
  const auto refuse = [](const std::string& value, const std::string& part) {
    expect_refused(with_tensor(value), ErrorCode::corrupt_data, {"tensor '", part});
  };
  refuse(tensor(storage(4), 0, number(5), number(1)), "within its storage");
  refuse(tensor(storage(4), 1, number(4), number(1)), "within its storage");
  refuse(tensor(storage(4), 5, number(1), number(1)), "within its storage");
  refuse(tensor(storage(4), 0, number(2) + number(2), number(3) + number(1)), "within its storage");
  refuse(tensor(storage(4), kHuge, number(4), number(1)), "within its storage");
  refuse(tensor(storage(4), 0, number(4), number(kHuge)), "within its storage");
  refuse(tensor(storage(4), 0, number(2), number(1) + number(1)), "within its storage");
  // More elements than anybody wants, although all of them lie in it.
  expect_refused(with_tensor(tensor(storage(4), 0, number(kHuge) + number(kHuge), number(0) + number(0))),
                 ErrorCode::unsupported, {"tensor '", "is expanded to"});
  std::string many;
  for (int i = 0; i < 8; ++i)
    many += number(kHuge);
  refuse(tensor(storage(4), 0, many, many), "within its storage");
  for (int i = 0; i < 60; ++i)
    many += number(1);
  refuse(tensor(storage(4), 0, many, many), "64 axes");
  refuse(tensor(storage(4), -1, number(4), number(1)), "0 or more");
  refuse(tensor(storage(4), 0, number(-4), number(1)), "0 or more");
  refuse(tensor(storage(4), 0, number(4), number(-1)), "0 or more");
  refuse(tensor(storage(-4), 0, number(4), number(1)), "0 or more");
  refuse(tensor(storage(5), 0, number(4), number(1)), "less than 5 elements");
  refuse(tensor(storage(kHuge), 0, number(4), number(1)), "less than 2147483647 elements");
  refuse(tensor(storage(4), 0, text("4"), number(1)), "0 or more");
  // The second has no storage.
  refuse(tensor(storage(4), 0, number(4), number(1)) + text("b") + tensor(number(4), 0, number(4), number(1)), "'b'");
}

TEST(TorchFile, DamagedPickles) {
  const auto refuse = [](const std::string& body, const std::string& part, ErrorCode code = ErrorCode::corrupt_data) {
    SCOPED_TRACE(part);
    expect_refused(legacy(body), code, {part});
  };
  refuse("", "value that is not there");
  refuse("N(.", "value that is not there");
  refuse("t", "mark that is not there");
  refuse("h\x05", "never remembered");
  refuse("N" + text("a") + "Ns", "wrong kind");
  refuse("}(" + text("a") + "u", "key without a value");
  refuse("X" + raw(uint32_t{0xffffffff}), "truncated");
  refuse(text("\xff"), "UTF-8");
  refuse("\x80\x09", "protocol");
  refuse("c" + std::string(2000, 'x') + "\n", "makes no sense");
  refuse(dictionary("") + "NR", "wrong kind");
  refuse("]", "dictionary of tensors", ErrorCode::unsupported);
  refuse("cbuiltins\neval\n", "builtins.eval", ErrorCode::unsupported);
  refuse("cposix\nsys\ntem\n", "posix.sys", ErrorCode::unsupported);
  refuse(text("os") + text("system") + "\x93", "os.system", ErrorCode::unsupported);
  refuse("ctorch._utils\n_rebuild_sparse_tensor\n", "_rebuild_sparse_tensor", ErrorCode::unsupported);
  for (const char opcode : {'i', 'o', '\x81', '\x92', 'P', 'I', '\x82', '0', '\x99'})
    refuse(std::string(1, opcode), "opcode", ErrorCode::unsupported);
  refuse(std::string(5'000'000, 'N'), "4194304 opcodes", ErrorCode::unsupported);
}

TEST(TorchFile, CirclesAreHarmless) {
  // A dictionary that holds itself, and a list, too.
  EXPECT_NO_THROW(read_all(legacy("}q\x01(" + text("self") + "h\x01" + text("list") + "]q\x02h\x02" + "au")));
}

TEST(TorchFile, ParametersOfParameters) {
  std::string value = tensor(storage(4), 0, number(4), number(1));
  for (int i = 0; i < 2; ++i)
    value = "ctorch._utils\n_rebuild_parameter\n" + tuple(value + "\x88}") + "R";
  expect_refused(with_tensor(value), ErrorCode::corrupt_data, {"'a'", "parameter of a parameter"});
}

}  // namespace
}  // namespace sbert
