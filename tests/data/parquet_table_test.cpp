#include "data/parquet_table.h"

#include <algorithm>

#include "base/files.h"
#include "data/expect_error.h"
#include "data/jsonl_table.h"
#include "data/table.h"
#include "data/temporary_file.h"
#include "support/goldens.h"

namespace sbert {
namespace {

using test::expect_error;

std::filesystem::path golden(const std::string& name) {
  return test::golden_path("parquet", name);
}

std::vector<std::string> golden_names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(golden(""))) {
    if (entry.path().extension() == ".jsonl") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool equal(const Value& a, const Value& b) {
  if (a.is_list() && b.is_list()) {
    return std::equal(a.list().begin(), a.list().end(), b.list().begin(), b.list().end(), equal);
  }
  if (a.is_record() && b.is_record()) {
    const auto same = [](const auto& x, const auto& y) { return x.first == y.first && equal(x.second, y.second); };
    return std::equal(a.record().begin(), a.record().end(), b.record().begin(), b.record().end(), same);
  }
  if (a.is_text() && b.is_text()) return a.text() == b.text();
  if (a.is_number() && b.is_number()) return a.number() == b.number();
  if (a.is_bool() && b.is_bool()) return a.truth() == b.truth();
  return a.is_null() && b.is_null();
}

class Parquet : public testing::TestWithParam<std::string> {};

TEST_P(Parquet, HasTheRowsThatPythonWrote) {
  ParquetTable table(golden(GetParam() + ".parquet"), {});
  JsonlTable wanted(golden(GetParam() + ".jsonl"), {});
  ASSERT_EQ(table.names(), wanted.names());
  std::vector<Value> row, wanted_row;
  while (wanted.next(wanted_row)) {
    ASSERT_TRUE(table.next(row)) << wanted.where();
    ASSERT_EQ(row.size(), wanted_row.size());
    for (size_t i = 0; i < row.size(); ++i)
      ASSERT_TRUE(equal(row[i], wanted_row[i])) << table.where() << ", column " << table.names()[i] << ": "
                                                << row[i].describe() << ", not " << wanted_row[i].describe();
  }
  EXPECT_FALSE(table.next(row));
}

TEST_P(Parquet, GivesTheColumnsThatAreAskedFor) {
  ParquetTable table(golden(GetParam() + ".parquet"), {});
  ParquetTable whole(golden(GetParam() + ".parquet"), {});
  table.select({17, 0, 2});
  std::vector<Value> row, all;
  while (whole.next(all)) {
    ASSERT_TRUE(table.next(row));
    ASSERT_EQ(row.size(), 3u);
    EXPECT_TRUE(equal(row[0], all[17]) && equal(row[1], all[0]) && equal(row[2], all[2]));
  }
}

INSTANTIATE_TEST_SUITE_P(All, Parquet, testing::ValuesIn(golden_names()), [](const auto& info) { return info.param; });

TEST(ParquetTable, MembersOfGroupsAreColumns) {
  TableReader table(golden("snappy.parquet"), {.columns = {{"anchor", "set.query"}, {"k", "set.inner.k"}}});
  EXPECT_EQ(table.columns().size(), 2u);
}

TEST(ParquetTable, ReadsOneThatIsCompressedAsAWhole) {
  const test::TemporaryDirectory directory;
  TableReader plain(golden("zstd_v2.parquet"), {.columns = {{"text", "required"}}});
  TableReader gz(directory.file("copy.parquet.gz", read_file(golden("zstd_v2.parquet"))),
                 {.columns = {{"text", "required"}}});
  std::vector<Value> row, other;
  while (plain.next(row)) {
    ASSERT_TRUE(gz.next(other));
    EXPECT_TRUE(equal(row[0], other[0]));
  }
  EXPECT_FALSE(gz.next(other));
}

TEST(ParquetTable, BytesThatAreNoTextAreLeftOutOrAnError) {
  const auto path = golden("binary.parquet");
  std::vector<Value> row;
  TableReader text(path, {.columns = {{"text", "text"}}});
  EXPECT_TRUE(text.next(row));
  const auto read = [&](const char* column) {
    return [&, column] { TableReader(path, {.columns = {{column, column}}}).next(row); };
  };
  expect_error(ErrorCode::unsupported, "row 1: the column 'image' holds bytes that are no UTF-8", read("image"));
  expect_error(ErrorCode::unsupported, "the column 'id' holds bytes, not texts or numbers", read("id"));
}

TEST(ParquetTable, SaysWhatIsNoParquet) {
  const test::TemporaryDirectory directory;
  const auto open = [&](const std::string& bytes) {
    return [&, bytes] { ParquetTable(directory.file("x.parquet", bytes), {}); };
  };
  const std::string whole = read_file(golden("snappy.parquet"));
  expect_error(ErrorCode::corrupt_data, "x.parquet: is no Parquet file, or is cut off", open(""));
  expect_error(ErrorCode::corrupt_data, "is no Parquet file", open("text,label\n"));
  expect_error(ErrorCode::corrupt_data, "is cut off", open(whole.substr(0, whole.size() - 10)));
  expect_error(ErrorCode::corrupt_data, "is cut off", open("PAR1" + std::string("\xff\xff\xff\x7f") + "PAR1"));
  expect_error(ErrorCode::unsupported, "is encrypted", open("PAR1....PARE"));
  expect_error(ErrorCode::not_found, "absent.parquet", [] { ParquetTable("absent.parquet", {}); });
}

/// Whatever byte is changed: an error, or other values, but no crash.
TEST(ParquetTable, SurvivesAnyDamage) {
  const test::TemporaryDirectory directory;
  const std::string whole = read_file(golden("snappy.parquet"));
  size_t errors = 0;
  for (size_t at = 0; at < whole.size(); at += 13) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    try {
      ParquetTable table(directory.file("damaged.parquet", bytes), {});
      std::vector<Value> row;
      for (int i = 0; i < 1000 && table.next(row); ++i) {
      }
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::corrupt_data || error.code() == ErrorCode::unsupported) << error.what();
      ++errors;
    }
  }
  EXPECT_GT(errors, 100u);
}

}  // namespace
}  // namespace sbert
