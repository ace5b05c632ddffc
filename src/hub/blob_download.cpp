#include "hub/blob_download.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include "base/fail.h"
#include "base/files.h"

namespace sbert::hub {
namespace {

/// Connections that may break one after the other without a byte in between.
constexpr int kMaxFailures = 5;
constexpr size_t kReadAtOnce = 1 << 20;

Hash new_hash(const RepoFile& file) {
  return file.sha256 ? Hash::sha256() : Hash::git_blob(file.size);
}

std::string megabytes(uint64_t bytes) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(bytes) / 1e6);
  return text;
}

}  // namespace

BlobDownload::BlobDownload(Client& client, const RepoId& repo, const std::string& commit, const RepoFile& file,
                           std::filesystem::path blob, std::atomic<int64_t>& done)
    : client_(client),
      repo_(repo),
      file_(file),
      url_(concat(repo.page(), "/resolve/", commit, "/", url_quote(file.path, "/"))),
      blob_(std::move(blob)),
      partial_(blob_.string() + ".incomplete"),
      done_(done),
      hash_(new_hash(file)) {}

BlobDownload::~BlobDownload() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void BlobDownload::fail_write(int error) const {
  fail(ErrorCode::io, partial_.string(), ": cannot write: ", std::strerror(error),
       error == ENOSPC || error == EDQUOT ? "; make room and run it again: it goes on where it stopped" : "");
}

/// Takes over what an earlier try left.
void BlobDownload::continue_partial() {
  descriptor_ = ::open(partial_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail_write(errno);
  std::vector<char> buffer(kReadAtOnce);
  while (offset_ < file_.size) {
    const ssize_t got = ::pread(descriptor_, buffer.data(), buffer.size(), static_cast<off_t>(offset_));
    if (got < 0) fail(ErrorCode::io, partial_.string(), ": cannot read: ", std::strerror(errno));
    if (got == 0) break;
    const size_t useful = std::min<uint64_t>(static_cast<uint64_t>(got), file_.size - offset_);
    hash_.update({buffer.data(), useful});
    offset_ += useful;
    done_ += static_cast<int64_t>(useful);
  }
}

void BlobDownload::start_over() {
  done_ -= static_cast<int64_t>(offset_);
  offset_ = 0;
  hash_ = new_hash(file_);
}

void BlobDownload::write(std::string_view piece) {
  if (piece.size() > file_.size - offset_) {
    fail(ErrorCode::corrupt_data, client_.settings().endpoint, url_, ": sends more than the ", file_.size,
         " bytes that the Hub lists");
  }
  hash_.update(piece);
  done_ += static_cast<int64_t>(piece.size());
  while (!piece.empty()) {
    // At its place, whatever others do to the file: where locks do not work, two processes write the same there.
    const ssize_t written = ::pwrite(descriptor_, piece.data(), piece.size(), static_cast<off_t>(offset_));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_write(errno);
    offset_ += static_cast<uint64_t>(written);
    piece.remove_prefix(static_cast<size_t>(written));
  }
}

/// A server may answer with a part or with everything, whatever it was asked for.
void BlobDownload::take(const HttpResponse& head, std::string_view piece) {
  if (!head_checked_) {
    head_checked_ = true;
    if (head.status != 206) {
      start_over();
    } else if (const std::string range = head.headers.find("Content-Range").value_or("");
               !range.starts_with(concat("bytes ", offset_, "-"))) {
      fail(ErrorCode::network, client_.settings().endpoint, url_, ": was asked for bytes from ", offset_,
           " and answers with '", range.substr(0, 80), "'");
    }
  }
  write(piece);
}

void BlobDownload::request_rest() {
  HubRequest request{.http = {.url = url_}, .repo = repo_, .retry = Retry::busy};
  request.http.headers.add("Accept-Encoding", "identity");
  request.http.headers.add("X-HF-Download-Counter", "1");
  if (offset_ > 0) {
    request.http.headers.add("Range", concat("bytes=", offset_, "-"));
    in_parts_ = true;
  }
  request.http.on_body = [this](const HttpResponse& head, std::string_view piece) { take(head, piece); };
  head_checked_ = false;
  client_.send(std::move(request));
  if (offset_ < file_.size) {
    throw NetworkError(NetworkError::Kind::broken,
                       one_line(concat(client_.settings().endpoint, url_, ": the answer ended too early")));
  }
}

void BlobDownload::receive_all() {
  int failures = 0;
  while (offset_ < file_.size) {
    const uint64_t before = offset_;
    try {
      request_rest();
    } catch (const NetworkError& error) {
      failures = offset_ > before ? 1 : failures + 1;
      if (failures > kMaxFailures || error.kind() == NetworkError::Kind::tls) {
        throw NetworkError(error.kind(), concat(error.what(), "; ", megabytes(offset_), " of ", megabytes(file_.size),
                                                " MB of ", file_.path, " are kept: run it again to go on"));
      }
      client_.pause(1);
    }
  }
}

std::string BlobDownload::finish_hash() {
  return std::exchange(hash_, new_hash(file_)).finish();
}

void BlobDownload::publish() {
  // An earlier try may have left more than there is.
  if (::ftruncate(descriptor_, static_cast<off_t>(file_.size)) != 0 || ::fsync(descriptor_) != 0) fail_write(errno);
  if (::rename(partial_.c_str(), blob_.c_str()) != 0 && !file_exists(blob_)) fail_write(errno);
  sync_directory(blob_.parent_path());
}

void BlobDownload::run() {
  continue_partial();
  in_parts_ = offset_ > 0;
  receive_all();
  std::string hash = finish_hash();
  if (hash != file_.hash() && in_parts_) {  // an earlier try, or another server, may have had other bytes
    start_over();
    receive_all();
    hash = finish_hash();
  }
  if (hash != file_.hash()) {
    done_ -= static_cast<int64_t>(offset_);
    ::unlink(partial_.c_str());
    fail(ErrorCode::corrupt_data, client_.settings().endpoint, url_, ": what came has the hash ", hash,
         " and not the one that the Hub lists, ", file_.hash(), "; it was thrown away: try again, without a proxy or ",
         "mirror in between if it goes on");
  }
  publish();
}

}  // namespace sbert::hub
