#include "report/event_file.h"

#include <cmath>

#include <gtest/gtest.h>

#include "base/files.h"
#include "support/errors.h"
#include "support/goldens.h"
#include "support/temporary_directory.h"

namespace sbert::report {
namespace {

/// The same events as tools/goldens/make_event_goldens.py has them.
TEST(EventFile, BytesAreTensorBoardsOwn) {
  const std::string ours =
      version_record(1700000000.25) + restart_record(1700000000.5, 401) +
      scalars_record(1700000001, 300000, {{"train/loss", 0.125F}, {"eval/gr\u00f6\u00dfe", -3e-5F}}) +
      scalars_record(1700000002, 0, {{std::string(200, 'x'), 0}}) +
      scalars_record(1700000003, 1, {{"n", std::nanf("")}});
  EXPECT_EQ(ours, read_file(test::golden_path("report", "events.bin")));
}

TEST(EventFile, GrowsWithEveryEvent) {
  const test::TemporaryDirectory directory;
  EventFile file(directory / "runs/events", 1);
  const auto before = std::filesystem::file_size(directory / "runs/events");
  file.add(1, {{"train/loss", 1}});
  EXPECT_GT(std::filesystem::file_size(directory / "runs/events"), before);
}

TEST(EventFile, SaysWhyItCannotBeWritten) {
  test::expect_error([] { EventFile("/dev/null/events", 1); }, ErrorCode::io, {"/dev/null/events", "Not a directory"});
  EXPECT_THROW(EventFile("/dev/full", 1), Error);
}

}  // namespace
}  // namespace sbert::report
