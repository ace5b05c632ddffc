#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

#include "base/json.h"
#include "hub/client.h"
#include "hub/settings.h"
#include "support/temporary_directory.h"

namespace sbert::test {

/// A Hub on 127.0.0.1, in a process of its own (tests/hub/server), which ends with this object.
class HubServer {
 public:
  /// `arguments` are those of tests/hub/server.
  explicit HubServer(const std::vector<std::string>& arguments);
  ~HubServer();
  HubServer(const HubServer&) = delete;
  HubServer& operator=(const HubServer&) = delete;

  const std::string& endpoint() const { return endpoint_; }
  const std::string& storage() const { return storage_; }

  /// What goes wrong from now on: see tests/hub/server/state.py.
  void plan(const Json& fault);
  /// Makes an account one of those who may read a gated model.
  void grant(const std::string& repo, const std::string& account);
  /// "hub GET /acme/tiny/resolve/...": what was asked so far.
  std::vector<std::string> requests();
  /// The same with all headers (names in lower case).
  Json log();
  /// What of it a stricter server would not have taken.
  std::vector<std::string> violations();
  void reset();

  /// Where this Hub is, an empty cache, and pauses of no length.
  hub::Settings settings(const std::filesystem::path& cache, const std::string& token = "") const;

 private:
  void control(const std::string& path, const Json& body);

  pid_t process_ = -1;
  int stdin_ = -1;
  std::string endpoint_, storage_;
};

/// A directory with these files: {name, bytes}.
void write_files(const std::filesystem::path& directory, const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace sbert::test
