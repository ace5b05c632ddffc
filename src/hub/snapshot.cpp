#include "hub/snapshot.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <numeric>
#include <thread>

#include "base/fail.h"
#include "base/files.h"
#include "hub/blob_download.h"
#include "hub/file_lock.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxWorkers = 8;
constexpr auto kReportEvery = std::chrono::milliseconds(100);

/// What workers tell the thread that waits for them: it alone may call what the caller gave us.
class Reports {
 public:
  void notice(const std::string& text) {
    const std::lock_guard lock(mutex_);
    notices_.push_back(text);
  }
  /// The first error counts; the others follow from it.
  void fail(std::exception_ptr error) {
    const std::lock_guard lock(mutex_);
    if (!error_) error_ = std::move(error);
    stop = true;
  }
  void worker_ended() {
    const std::lock_guard lock(mutex_);
    ++ended_;
    changed_.notify_one();
  }
  /// Waits a moment; false when all `workers` have ended.
  bool wait(size_t workers, std::vector<std::string>& notices) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kReportEvery, [&] { return ended_ == workers; });
    notices.swap(notices_);
    notices_.clear();
    return ended_ < workers;
  }
  void rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }

  std::atomic<bool> stop{false};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> notices_;
  std::exception_ptr error_;
  size_t ended_ = 0;
};

/// A content that is there is whole: it got its name when it was.
bool has_blob(const RepoCache& cache, const RepoFile& file) {
  std::error_code error;
  const uint64_t size = fs::file_size(cache.blob(file.hash()), error);
  return !error && size == file.size;
}

std::string count_files(size_t count) {
  return concat(count, count == 1 ? " file" : " files");
}

uint64_t total_size(const std::vector<RepoFile>& files) {
  return std::accumulate(files.begin(), files.end(), uint64_t{0},
                         [](uint64_t sum, const RepoFile& file) { return sum + file.size; });
}

}  // namespace

Snapshot::Snapshot(Client& client, RepoId repo, std::string revision)
    : client_(client), repo_(std::move(repo)), cache_(client.settings(), repo_), revision_(std::move(revision)) {
  if (!is_safe_path(revision_)) fail(ErrorCode::invalid_argument, "'", revision_, "' is no branch, tag or commit");
  commit_ = is_commit(revision_) ? revision_ : ask_commit(client_, repo_, revision_);
  files_ = list_files(client_, repo_, commit_);
}

const RepoFile* Snapshot::find(const std::string& path) const {
  const auto found =
      std::find_if(files_.begin(), files_.end(), [&](const RepoFile& file) { return file.path == path; });
  if (found != files_.end()) return &*found;
  if (!file_exists(cache_.missing(commit_, path))) write_file_atomically(cache_.missing(commit_, path), "");
  return nullptr;
}

std::vector<RepoFile> Snapshot::missing(const std::vector<RepoFile>& files) const {
  std::vector<RepoFile> missing;
  for (const RepoFile& file : files) {
    if (!file_exists(directory() / file.path)) missing.push_back(file);
  }
  return missing;
}

void Snapshot::check_space(const std::vector<RepoFile>& files) const {
  uint64_t needed = 0;
  for (const RepoFile& file : files) {
    if (has_blob(cache_, file)) continue;
    std::error_code error;
    const uint64_t there = fs::file_size(cache_.blob(file.hash()).string() + ".incomplete", error);
    needed += file.size - (error ? 0 : std::min(there, file.size));
  }
  const fs::path place = cache_.blob("").parent_path();
  std::error_code error;
  const fs::space_info space = fs::space(place, error);
  if (error || space.available >= needed) return;
  fail(ErrorCode::io, place.string(), ": ", repo_.describe(), " needs ", (needed >> 20) + 1, " MiB, but only ",
       space.available >> 20, " MiB are free; make room, or set HF_HOME to a larger disk");
}

void Snapshot::fetch_one(Client& client, const RepoFile& file, std::atomic<int64_t>& done) const {
  bool told = false;
  const FileLock lock(cache_.lock(file.hash()), [&] {
    if (!std::exchange(told, true)) client.notice()(concat("waiting for another process that downloads ", file.path));
    client.pause(0);
  });
  if (has_blob(cache_, file)) {
    done += static_cast<int64_t>(file.size);
  } else {
    BlobDownload(client, repo_, commit_, file, cache_.blob(file.hash()), done).run();
  }
  cache_.link(commit_, file.path, file.hash());
}

void Snapshot::fetch(const std::vector<RepoFile>& files, const ProgressCallback& progress) {
  const std::vector<RepoFile> todo = missing(files);
  std::error_code ignored;
  fs::create_directories(directory(), ignored);  // also of a commit without files that anybody wants
  if (todo.empty()) return;
  cache_.create();
  check_space(todo);

  Reports reports;
  std::atomic<size_t> next{0};
  std::atomic<int64_t> done{0};
  const auto work = [&] {
    try {
      Client client(
          client_.settings(), [&](const std::string& text) { reports.notice(text); }, &reports.stop);
      for (size_t i = next++; i < todo.size() && !reports.stop; i = next++)
        fetch_one(client, todo[i], done);
    } catch (...) {
      reports.fail(std::current_exception());
    }
    reports.worker_ended();
  };
  const auto report = [&, total = total_size(todo), detail = count_files(todo.size())] {
    if (!progress) return;
    const auto bytes = static_cast<uint64_t>(std::max<int64_t>(0, done));
    progress({.stage = "download", .done = bytes, .total = total, .unit = "bytes", .detail = detail});
  };

  const size_t workers = std::min(kMaxWorkers, todo.size());
  std::vector<std::jthread> team;  // joined before what they use goes away
  try {
    for (size_t i = 0; i < workers; ++i)
      team.emplace_back(work);
    for (bool busy = true; busy;) {
      std::vector<std::string> notices;
      busy = reports.wait(workers, notices);
      for (const std::string& text : notices) {
        if (client_.notice()) client_.notice()(text);
      }
      report();
    }
  } catch (...) {
    reports.fail(std::current_exception());
  }
  team.clear();
  reports.rethrow();
}

}  // namespace sbert::hub
