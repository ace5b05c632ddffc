#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string>

#include "hub/client.h"
#include "hub/hashes.h"
#include "hub/listing.h"

namespace sbert::hub {

/// Fetches one content into the cache. Bytes go to "<blob>.incomplete", where the next try, also of another process,
/// goes on; only what has the right hash gets its name.
class BlobDownload {
 public:
  /// `done` counts the bytes of all downloads.
  BlobDownload(Client& client, const RepoId& repo, const std::string& commit, const RepoFile& file,
               std::filesystem::path blob, std::atomic<int64_t>& done);
  ~BlobDownload();
  BlobDownload(const BlobDownload&) = delete;
  BlobDownload& operator=(const BlobDownload&) = delete;

  /// THROWS: NetworkError, RefusedError; corrupt_data if what comes is not what the Hub lists; io (disk full).
  void run();

 private:
  void continue_partial();
  void start_over();
  void receive_all();
  void request_rest();
  void take(const HttpResponse& head, std::string_view piece);
  void write(std::string_view piece);
  std::string finish_hash();
  void publish();
  [[noreturn]] void fail_write(int error) const;

  Client& client_;
  const RepoId& repo_;
  const RepoFile& file_;
  std::string url_;
  std::filesystem::path blob_, partial_;
  std::atomic<int64_t>& done_;
  int descriptor_ = -1;
  uint64_t offset_ = 0;
  Hash hash_;
  bool in_parts_ = false;      ///< what is there came with more than one answer
  bool head_checked_ = false;  ///< of the answer that is coming in
};

}  // namespace sbert::hub
