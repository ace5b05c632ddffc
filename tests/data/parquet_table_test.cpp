#include "data/parquet_table.h"

#include <algorithm>

#include "base/files.h"
#include "data/expect_error.h"
#include "data/json_table.h"
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

bool is_built_without_parquet() {
  try {
    open_parquet(golden("plain.parquet"), {});
  } catch (const Error& error) {
    return error.code() == ErrorCode::unsupported;
  }
  return false;
}

class ParquetTable : public testing::Test {
 protected:
  void SetUp() override {
    if (is_built_without_parquet()) GTEST_SKIP() << "built without Parquet";
  }

  /// A new file each time: to overwrite one takes some file systems milliseconds.
  std::unique_ptr<RowSource> open(const std::string& bytes) {
    return open_parquet(directory_.file(std::to_string(files_++) + ".parquet", bytes), {});
  }

  const test::TemporaryDirectory directory_;
  int files_ = 0;
};

class Parquet : public ParquetTable, public testing::WithParamInterface<std::string> {};

TEST_P(Parquet, HasTheRowsThatPythonWrote) {
  const auto table = open_parquet(golden(GetParam() + ".parquet"), {});
  JsonTable wanted(golden(GetParam() + ".jsonl"), {});
  ASSERT_EQ(table->names(), wanted.names());
  std::vector<Value> row, wanted_row;
  while (wanted.next(wanted_row)) {
    ASSERT_TRUE(table->next(row)) << wanted.where();
    ASSERT_EQ(row.size(), wanted_row.size());
    for (size_t i = 0; i < row.size(); ++i)
      ASSERT_TRUE(equal(row[i], wanted_row[i])) << table->where() << ", column " << table->names()[i] << ": "
                                                << row[i].describe() << ", not " << wanted_row[i].describe();
  }
  EXPECT_FALSE(table->next(row));
  EXPECT_FALSE(table->next(row));
}

TEST_P(Parquet, GivesTheColumnsThatAreAskedFor) {
  const auto table = open_parquet(golden(GetParam() + ".parquet"), {});
  const auto whole = open_parquet(golden(GetParam() + ".parquet"), {});
  table->select({17, 0, 2});
  std::vector<Value> row, all;
  while (whole->next(all)) {
    ASSERT_TRUE(table->next(row));
    ASSERT_EQ(row.size(), 3u);
    EXPECT_TRUE(equal(row[0], all[17]) && equal(row[1], all[0]) && equal(row[2], all[2]));
  }
  EXPECT_FALSE(table->next(row));
}

INSTANTIATE_TEST_SUITE_P(All, Parquet, testing::ValuesIn(golden_names()), [](const auto& file) { return file.param; });

TEST_F(ParquetTable, MembersOfGroupsAreColumns) {
  TableReader table(golden("snappy.parquet"), {.columns = {{"anchor", "set.query"}, {"k", "set.inner.k"}}});
  EXPECT_EQ(table.columns().size(), 2u);
  // Some of the groups are null.
  const auto whole = open_parquet(golden("snappy.parquet"), {});
  const auto set = static_cast<size_t>(std::ranges::find(whole->names(), "set") - whole->names().begin());
  std::vector<Value> row, all;
  size_t nulls = 0;
  while (whole->next(all)) {
    ASSERT_TRUE(table.next(row)) << table.where();
    const Value* const query = all[set].find("query");
    ASSERT_TRUE(equal(row[0], query == nullptr ? Value() : *query)) << table.where();
    nulls += all[set].is_null();
  }
  EXPECT_GT(nulls, 0u);
}

TEST_F(ParquetTable, ReadsOneThatIsCompressedAsAWhole) {
  const std::vector<Column> columns{{"text", "required"}};
  TableReader plain(golden("zstd_v2.parquet"), {.columns = columns});
  TableReader gz(directory_.file("copy.parquet.gz", read_file(golden("zstd_v2.parquet"))), {.columns = columns});
  std::vector<Value> row, other;
  while (plain.next(row)) {
    ASSERT_TRUE(gz.next(other));
    EXPECT_TRUE(equal(row[0], other[0]));
  }
  EXPECT_FALSE(gz.next(other));
}

TEST_F(ParquetTable, BytesThatAreNoTextAreLeftOutOrAnError) {
  const auto path = golden("binary.parquet");
  std::vector<Value> row;
  TableReader text(path, {.columns = {{"text", "text"}}});
  EXPECT_TRUE(text.next(row));
  const auto read = [&](const char* column) {
    return [&, column] { TableReader(path, {.columns = {{column, column}}}).next(row); };
  };
  expect_error(ErrorCode::unsupported, "binary.parquet: row 1: column 'image' holds bytes that are no UTF-8",
               read("image"));
  expect_error(ErrorCode::unsupported, "row 1: column 'id' holds values of the type fixed_size_binary[16], expected",
               read("id"));
}

TEST_F(ParquetTable, SaysWhatIsNoParquet) {
  const auto opening = [&](const std::string& bytes) { return [&, bytes] { open(bytes); }; };
  const std::string whole = read_file(golden("snappy.parquet"));
  expect_error(ErrorCode::corrupt_data, ".parquet: cannot be read as Parquet: ", opening(""));
  expect_error(ErrorCode::corrupt_data, "Parquet magic bytes not found", opening("text,label\n"));
  expect_error(ErrorCode::corrupt_data, ".parquet: cannot", opening(whole.substr(0, whole.size() - 10)));
  expect_error(ErrorCode::corrupt_data, ".parquet: cannot", opening("PAR1" + std::string("\xff\xff\xff\x7f") + "PAR1"));
  expect_error(ErrorCode::unsupported, ".parquet: is encrypted", opening("PAR1....PARE"));
  expect_error(ErrorCode::not_found, "absent.parquet", [] { open_parquet("absent.parquet", {}); });
  expect_error(ErrorCode::invalid_argument, "is a directory", [&] { open_parquet(directory_.path(), {}); });
}

/// Whatever byte is changed, and wherever the file ends: an error, or other values, but no crash.
TEST_F(ParquetTable, SurvivesAnyDamage) {
  size_t errors = 0;
  const auto try_reading = [&](const std::string& bytes) {
    try {
      const auto table = open(bytes);
      std::vector<Value> row;
      for (int i = 0; i < 1000 && table->next(row); ++i) {
      }
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::corrupt_data || error.code() == ErrorCode::unsupported) << error.what();
      ++errors;
    }
  };
  const std::string whole = read_file(golden("snappy.parquet"));
  for (size_t at = 0; at < whole.size(); at += 31) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    try_reading(bytes);
    bytes.erase(at, 13);
    try_reading(bytes);
  }
  EXPECT_GT(errors, 300u);
}

}  // namespace
}  // namespace sbert
