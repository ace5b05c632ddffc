#include "model/safetensors.h"

#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "base/json.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert {
namespace {

using test::expect_error;
using test::TemporaryDirectory;

std::vector<float> values_of(const StoredTensor& tensor, size_t count) {
  std::vector<float> values(count);
  copy_as_float(tensor, values.data());
  return values;
}

/// A file with this header and `data_bytes` bytes of data.
std::string file_bytes(const std::string& header, size_t data_bytes) {
  const uint64_t size = header.size();
  std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
  return bytes + header + std::string(data_bytes, '\0');
}

/// Opens bytes as a file; the error must name it and contain `parts`.
void expect_refused(const std::string& bytes, std::vector<std::string> parts) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "weights.safetensors", bytes);
  parts.insert(parts.begin(), "weights.safetensors");
  expect_error([&] { const SafetensorsFile file(directory / "weights.safetensors"); }, ErrorCode::corrupt_data, parts);
}

/// Opens a file with this header and 8 bytes of data.
void expect_header_refused(const std::string& header, const std::vector<std::string>& parts) {
  expect_refused(file_bytes(header, 8), parts);
}

TEST(Safetensors, RoundTrip) {
  const TemporaryDirectory directory;
  const std::vector<float> matrix{0, -1.5F, 3.25F, 1e-30F, 1e30F, 0.1F};
  const std::vector<float> large(10'000, 0.5F);
  const std::vector<TensorToWrite> tensors{
      {.name = "matrix", .shape = {2, 3}, .data = matrix.data()},
      {.name = "half", .shape = {10'000}, .data = large.data(), .dtype = StoredDType::f16},
      {.name = "brain", .shape = {3, 2}, .data = matrix.data(), .dtype = StoredDType::bf16},
      {.name = "scalar", .shape = {}, .data = matrix.data() + 1},
      {.name = "nothing", .shape = {0, 4}, .data = nullptr}};
  write_safetensors(directory / "a.safetensors", tensors, {{"format", "pt"}, {"note", "é\n"}});
  const SafetensorsFile file(directory / "a.safetensors");
  ASSERT_EQ(file.tensors().size(), tensors.size());
  EXPECT_EQ(file.metadata(), (std::map<std::string, std::string>{{"format", "pt"}, {"note", "é\n"}}));
  for (const auto& tensor : file.tensors()) {
    if (tensor.name == "matrix") {
      EXPECT_EQ(tensor.shape, (std::vector<int64_t>{2, 3}));
      EXPECT_EQ(values_of(tensor, 6), matrix);
      EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.bytes.data()) % alignof(float), 0U);
    } else if (tensor.name == "half") {
      EXPECT_EQ(tensor.dtype_name, "F16");
      EXPECT_EQ(values_of(tensor, 10'000), large);
    } else if (tensor.name == "brain") {
      EXPECT_EQ(tensor.dtype, StoredDType::bf16);
      const auto values = values_of(tensor, 6);
      for (size_t i = 0; i < matrix.size(); ++i)
        EXPECT_NEAR(values[i], matrix[i], std::fabs(matrix[i]) / 256);
    } else if (tensor.name == "scalar") {
      EXPECT_TRUE(tensor.shape.empty());
      EXPECT_EQ(values_of(tensor, 1), std::vector<float>{-1.5F});
    } else {
      EXPECT_EQ(tensor.name, "nothing");
      EXPECT_TRUE(tensor.bytes.empty());
    }
  }
}

TEST(Safetensors, WhatIsTooLargeForHalfPrecisionIsRefused) {
  const TemporaryDirectory directory;
  const auto path = directory / "a.safetensors";
  const auto write = [&](float value, StoredDType dtype) {
    const std::vector<float> values{1, value};
    const std::vector<TensorToWrite> tensors{{.name = "big", .shape = {2}, .data = values.data(), .dtype = dtype}};
    write_safetensors(path, tensors, {});
  };
  write(65504, StoredDType::f16);
  expect_error([&] { write(-65520, StoredDType::f16); }, ErrorCode::unsupported, {"'big'", "-65520", "bf16"});
  EXPECT_EQ(values_of(SafetensorsFile(path).tensors().at(0), 2), (std::vector<float>{1, 65504}))
      << "the file that was there";
  write(-65520, StoredDType::bf16);
  write(INFINITY, StoredDType::f16);
  EXPECT_EQ(values_of(SafetensorsFile(path).tensors().at(0), 2), (std::vector<float>{1, INFINITY}));
}

TEST(Safetensors, ReadsWhatPythonWrote) {
  const SafetensorsFile file(test::engine_golden("model") / "model.safetensors");
  EXPECT_EQ(file.metadata().at("format"), "pt");
  const auto found = std::find_if(file.tensors().begin(), file.tensors().end(), [](const StoredTensor& tensor) {
    return tensor.name.ends_with("embeddings.word_embeddings.weight");
  });
  ASSERT_NE(found, file.tensors().end());
  EXPECT_EQ(found->shape, (std::vector<int64_t>{166, 32}));
  EXPECT_EQ(found->dtype_name, "F32");
  for (const float value : values_of(*found, 166 * 32))
    ASSERT_LT(std::fabs(value), 2);
}

TEST(Safetensors, ReadsDoubles) {
  const TemporaryDirectory directory;
  const double value = 1.0 / 3;
  std::string bytes = file_bytes(R"({"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})", 8);
  std::memcpy(bytes.data() + bytes.size() - 8, &value, 8);
  write_file_atomically(directory / "a.safetensors", bytes);
  EXPECT_EQ(values_of(SafetensorsFile(directory / "a.safetensors").tensors().at(0), 1).at(0), 1.0F / 3);
}

TEST(Safetensors, IntegersAreListedButAreNotParameters) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "a.safetensors",
                        file_bytes(R"({"ids":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}})", 8));
  const SafetensorsFile file(directory / "a.safetensors");
  float value = 0;
  expect_error([&] { copy_as_float(file.tensors().at(0), &value); }, ErrorCode::unsupported, {"'ids'", "I64", "F32"});
}

TEST(SafetensorsMalformed, MissingEmptyOrShort) {
  expect_error([] { const SafetensorsFile file("/nowhere/a.safetensors"); }, ErrorCode::not_found, {"a.safetensors"});
  expect_refused("", {"0 bytes"});
  expect_refused("1234567", {"7 bytes"});
}

TEST(SafetensorsMalformed, TruncatedAnywhere) {
  const std::string whole = read_file(test::engine_golden("model") / "model.safetensors");
  uint64_t header_size = 0;
  std::memcpy(&header_size, whole.data(), sizeof header_size);
  const size_t data_begin = 8 + header_size;
  for (const size_t size : {size_t{8}, size_t{9}, data_begin / 2, data_begin - 1, data_begin, data_begin + 1,
                            whole.size() / 2, whole.size() - 1}) {
    expect_refused(whole.substr(0, size), {"truncated"});
  }
}

TEST(SafetensorsMalformed, HeaderLength) {
  for (const uint64_t size : {uint64_t{1} << 63, ~uint64_t{0}, ~uint64_t{0} - 7, uint64_t{100'000'001}, uint64_t{17}}) {
    const std::string prefix(reinterpret_cast<const char*>(&size), sizeof size);
    expect_refused(prefix + "{\"a\":{}}        ", {std::to_string(size)});
  }
  // A header above the cap is refused although the file has that many bytes.
  const TemporaryDirectory directory;
  const uint64_t size = 100'000'001;
  write_file_atomically(directory / "a", std::string_view(reinterpret_cast<const char*>(&size), sizeof size));
  std::filesystem::resize_file(directory / "a", size + 1000);
  expect_error([&] { const SafetensorsFile file(directory / "a"); }, ErrorCode::corrupt_data, {"100000001"});
}

TEST(SafetensorsMalformed, HeaderIsNotAnObject) {
  expect_header_refused("", {"header", "not valid JSON"});
  expect_header_refused("{\"x\":\n oops", {"header", "line 2, column 2"});
  expect_header_refused("[]", {"should be a JSON object"});
  expect_header_refused("3", {"should be a JSON object"});
  expect_header_refused(std::string(200, '['), {"nested"});
  expect_header_refused(R"({"x":{"dtype":"F64","shape":[1e999],"data_offsets":[0,8]}})", {"number"});
}

TEST(SafetensorsMalformed, Metadata) {
  const std::string tensor = R"("x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}})";
  expect_header_refused(R"({"__metadata__":[],)" + tensor, {"__metadata__"});
  expect_header_refused(R"({"__metadata__":{"a":1},)" + tensor, {"__metadata__"});
}

TEST(SafetensorsMalformed, Entry) {
  const auto refuse = [](const std::string& entry, const std::vector<std::string>& parts) {
    std::vector<std::string> all{"'x'"};
    all.insert(all.end(), parts.begin(), parts.end());
    expect_header_refused(R"({"x":)" + entry + "}", all);
  };
  refuse("3", {"dtype"});
  refuse("{}", {"'dtype' is missing"});
  refuse(R"({"dtype":"F64","data_offsets":[0,8]})", {"'shape' is missing"});
  refuse(R"({"dtype":"F64","shape":[1]})", {"'data_offsets' is missing"});
  refuse(R"({"dtype":64,"shape":[1],"data_offsets":[0,8]})", {"'dtype'", "64"});
  refuse(R"({"dtype":"F65","shape":[1],"data_offsets":[0,8]})", {"F65"});
  refuse(R"({"dtype":"f64","shape":[1],"data_offsets":[0,8]})", {"f64"});
  for (const char* offsets : {"3", "[0]", "[0,8,8]", "{}", "null", "[0,\"8\"]", "[-1,8]", "[0,8.0]"}) {
    refuse(R"({"dtype":"F64","shape":[1],"data_offsets":)" + std::string(offsets) + "}", {"data_offsets"});
  }
  for (const char* shape : {"1", "{\"a\":1}", "null", "\"1\"", "[-1]", "[1.0]", "[null]", "[[1]]",
                            "[18446744073709551615]", "[9223372036854775808]"}) {
    refuse(R"({"dtype":"F64","shape":)" + std::string(shape) + R"(,"data_offsets":[0,8]})", {"shape"});
  }
}

TEST(SafetensorsMalformed, Offsets) {
  const auto refuse = [](const std::string& offsets, const std::string& part) {
    expect_header_refused(R"({"x":{"dtype":"U8","shape":[8],"data_offsets":)" + offsets + "}}", {"'x'", part});
  };
  refuse("[8,0]", "[8, 0]");
  refuse("[0,9]", "truncated");
  refuse("[9,9]", "truncated");
  refuse("[1,9223372036854775807]", "truncated");
  refuse("[9223372036854775807,0]", "9223372036854775807");
  refuse("[0,7]", "7 bytes");
  refuse("[18446744073709551608,18446744073709551615]", "data_offsets");
}

TEST(SafetensorsMalformed, ShapeThatOverflows) {
  for (const char* shape : {"[4294967296,4294967296]", "[9223372036854775807,2,8]", "[2305843009213693952,8,1]",
                            "[4611686018427387904,4]", "[4294967296,2147483648,0]"}) {
    expect_header_refused(R"({"x":{"dtype":"F16","shape":)" + std::string(shape) + R"(,"data_offsets":[0,0]}})",
                          {"'x'", "shape"});
  }
}

TEST(SafetensorsMalformed, Tiling) {
  const auto entry = [](const std::string& name, int begin, int end) {
    return '"' + name + R"(":{"dtype":"U8","shape":[)" + std::to_string(end - begin) + R"(],"data_offsets":[)" +
           std::to_string(begin) + "," + std::to_string(end) + "]}";
  };
  expect_header_refused("{" + entry("a", 0, 5) + "," + entry("b", 4, 8) + "}", {"'b'", "overlaps"});
  expect_header_refused("{" + entry("a", 0, 8) + "," + entry("b", 0, 8) + "}", {"overlaps"});
  expect_header_refused("{" + entry("a", 0, 8) + "," + entry("b", 2, 4) + "}", {"overlaps"});
  expect_header_refused("{" + entry("a", 0, 8) + "," + entry("b", 4, 4) + "}", {"'b'", "overlaps"});
  expect_header_refused("{" + entry("a", 0, 3) + "," + entry("b", 4, 8) + "}", {"'b'", "hole"});
  expect_header_refused("{" + entry("a", 1, 8) + "}", {"'a'", "hole"});
  expect_header_refused("{" + entry("a", 0, 7) + "}", {"after the last tensor"});
  expect_header_refused("{}", {"after the last tensor"});
  expect_header_refused("{" + entry("a", 0, 8) + "," + entry("a", 0, 8) + "}", {"'a' is there twice"});
  expect_header_refused("{" + entry("new\\nline", 1, 8) + "}", {"'new\\nline'", "hole"});
}

TEST(SafetensorsMalformed, NoTensorAtAllIsFine) {
  const TemporaryDirectory directory;
  write_file_atomically(directory / "a", file_bytes("{}", 0));
  EXPECT_TRUE(SafetensorsFile(directory / "a").tensors().empty());
}

}  // namespace
}  // namespace sbert
