#include "hub_server.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fail.h"
#include "support/test_data.h"

extern char** environ;

namespace sbert::test {
namespace {

std::string read_line(int descriptor) {
  std::string line;
  char c = 0;
  while (::read(descriptor, &c, 1) == 1 && c != '\n')
    line += c;
  return line;
}

}  // namespace

HubServer::HubServer(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"python3", "-B", (goldens_directory() / "../hub/server").string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words)
    pointers.push_back(word.data());
  pointers.push_back(nullptr);

  int input[2], output[2];
  if (::pipe2(input, O_CLOEXEC) != 0 || ::pipe2(output, O_CLOEXEC) != 0) fail(ErrorCode::io, "no pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
  const int error = ::posix_spawnp(&process_, "python3", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(input[0]);
  ::close(output[1]);
  stdin_ = input[1];
  if (error != 0) fail(ErrorCode::not_found, "python3 is needed for the Hub's test server");
  const Json addresses = parse_json(read_line(output[0]), "tests/hub/server");
  ::close(output[0]);
  endpoint_ = addresses.at("endpoint");
  storage_ = addresses.at("storage");
}

HubServer::~HubServer() {
  ::close(stdin_);
  ::waitpid(process_, nullptr, 0);
}

void HubServer::control(const std::string& path, const Json& body) {
  hub::Client(settings("unused")).post_json("/_test/" + path, body, {}, hub::Retry::never);
}

void HubServer::plan(const Json& fault) {
  control("fault", fault);
}

void HubServer::grant(const std::string& repo, const std::string& account) {
  control("grant", {{"repo", repo}, {"account", account}});
}

void HubServer::reset() {
  control("reset", Json::object());
}

Json HubServer::log() {
  return hub::Client(settings("unused")).get_json("/_test/log", {}).at("requests");
}

std::vector<std::string> HubServer::requests() {
  std::vector<std::string> lines;
  for (const Json& entry : log()) {
    const auto text = [&](const char* key) { return entry.at(key).get<std::string>(); };
    lines.push_back(text("role") + " " + text("method") + " " + text("target"));
  }
  return lines;
}

std::vector<std::string> HubServer::violations() {
  return hub::Client(settings("unused")).get_json("/_test/log", {}).at("violations");
}

hub::Settings HubServer::settings(const std::filesystem::path& cache, const std::string& token) const {
  return {.endpoint = endpoint_,
          .cache = cache,
          .token_file = cache / "token",
          .token = token,
          .token_source = "HF_TOKEN",
          .second = std::chrono::milliseconds(1)};
}

void write_files(const std::filesystem::path& directory,
                 const std::vector<std::pair<std::string, std::string>>& files) {
  for (const auto& [name, bytes] : files) {
    std::filesystem::create_directories((directory / name).parent_path());
    std::ofstream(directory / name, std::ios::binary) << bytes;
  }
}

}  // namespace sbert::test
