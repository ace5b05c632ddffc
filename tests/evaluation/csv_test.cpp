#include <cmath>

#include <gtest/gtest.h>

#include <sbert/evaluation.h>

#include "base/files.h"
#include "data/expect_error.h"
#include "data/temporary_file.h"

namespace sbert::evaluation {
namespace {

class EvaluationCsv : public testing::Test {
 protected:
  std::string text() const { return read_file(directory_.path() / "eval" / "x_results.csv"); }
  void append(std::vector<std::pair<std::string, double>> columns, double epoch = -1, int64_t steps = -1) const {
    EvaluationResult result;
    result.csv.push_back({"x_results.csv", std::move(columns)});
    append_csv(directory_.path() / "eval", result, epoch, steps);
  }

  test::TemporaryDirectory directory_;
};

TEST_F(EvaluationCsv, ANewFileGetsAHeaderAndRowsAreAppended) {
  append({{"a", 0.5}, {"b", 0.25}});
  append({{"a", 1}, {"b", 0}}, 1.5, 200);
  EXPECT_EQ(text(), "epoch,steps,a,b\r\n-1,-1,0.5,0.25\r\n1.5,200,1.0,0.0\r\n");
}

TEST_F(EvaluationCsv, NumbersAreSpelledAsInPython) {
  append({{"a", 0.0001}, {"b", 1e-5}, {"c", 1e16}, {"d", 0.1 + 0.2}, {"e", std::nan("")}, {"f", 123456789}}, 2, 7);
  EXPECT_EQ(text(), "epoch,steps,a,b,c,d,e,f\r\n2.0,7,0.0001,1e-05,1e+16,0.30000000000000004,nan,123456789.0\r\n");
}

TEST_F(EvaluationCsv, ADirectoryThatCannotBeMadeIsAnError) {
  directory_.file("eval", "a file");
  test::expect_error(ErrorCode::io, "eval", [&] { append({{"a", 1}}); });
}

}  // namespace
}  // namespace sbert::evaluation
