#include "hub/push.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/fail.h"
#include "base/files.h"
#include "hub/account.h"
#include "hub/commit.h"
#include "hub/front_matter.h"
#include "hub/listing.h"
#include "hub/repositories.h"

namespace sbert::hub {
namespace {

namespace fs = std::filesystem;

constexpr int kPushTries = 3;
constexpr const char* kCard = "README.md";
constexpr uint64_t kMaxCard = uint64_t{10} << 20;

/// What the Hub would find out later than we do.
void check(const PushOptions& options) {
  if (options.commit_message.empty()) fail(ErrorCode::invalid_argument, "the message of the commit is empty");
  const std::string& revision = options.revision;
  // Names that git does not allow.
  if (revision.empty() || (is_safe_path(revision) && revision.find_first_of(" ~^:?*[") == std::string::npos)) return;
  fail(ErrorCode::invalid_argument, "'", revision, "' is no name that a branch can have");
}

/// One push of one directory.
class Push {
 public:
  Push(Client& client, const fs::path& directory, const PushOptions& options)
      : client_(client), options_(options), files_(list_local_files(directory)) {
    check(options);
    if (!has("modules.json") && !has("config.json")) {
      fail(ErrorCode::not_found, directory.string(), ": is no model: it has neither modules.json nor config.json");
    }
    if (!options.train_datasets.empty()) name_datasets();
  }

  PushResult run(const std::string& name) {
    target_.repo = open_repository(client_, name, options_.private_repo);
    target_.revision = options_.revision.empty() ? "main" : options_.revision;
    target_.create_pr = options_.create_pr;
    if (!options_.revision.empty() && !options_.create_pr) open_branch(client_, target_.repo, target_.revision);
    for (int attempt = 1;; ++attempt) {
      try {
        return commit_files();
      } catch (const RefusedError& error) {
        const bool raced = error.reason() == Refusal::stale_parent || error.reason() == Refusal::conflict;
        if (!raced || attempt == kPushTries) throw;
      }
      notice("somebody else commits at the same time; trying again");
      client_.pause(attempt);
    }
  }

 private:
  void notice(const std::string& text) const {
    if (client_.notice()) client_.notice()(text);
  }
  std::vector<LocalFile>::iterator find(std::string_view path) {
    return std::find_if(files_.begin(), files_.end(), [path](const LocalFile& file) { return file.path == path; });
  }
  bool has(std::string_view path) { return find(path) != files_.end(); }

  void name_datasets();
  bool hub_has_card();
  void check_card(const LocalFile& card);
  Commit choose_files();
  void upload(const Commit& commit);
  PushResult commit_files();

  Client& client_;
  const PushOptions& options_;
  std::vector<LocalFile> files_;
  CommitTarget target_{};
  std::optional<ScratchDirectory> scratch_{};  ///< of a model card that names more data sets than the directory's
};

/// Writes the data sets into a copy of the model card.
void Push::name_datasets() {
  const auto card = find(kCard);
  const std::string text = card == files_.end() ? "" : read_file(card->place, kMaxCard);
  const std::string where = card == files_.end() ? kCard : card->place.string();
  const std::string changed = with_datasets(text, options_.train_datasets, where);
  scratch_.emplace();
  const LocalFile copy{kCard, scratch_->path() / kCard, changed.size()};
  write_file_atomically(copy.place, changed);
  if (card == files_.end()) {
    files_.push_back(copy);
  } else {
    *card = copy;
  }
}

bool Push::hub_has_card() {
  const HttpResponse response =
      client_.post_json(concat(target_.repo.api(), "/paths-info/", url_quote(target_.revision)),
                        {{"paths", Json::array({kCard})}, {"expand", false}}, target_.repo);
  std::vector<RepoFile> files;
  append_page(files, parse_json(response.body, response.url), response.url);
  return !files.empty();
}

/// The Hub refuses a commit with a bad model card, after everything was sent.
void Push::check_card(const LocalFile& card) {
  try {
    const HttpResponse response = client_.post_json(
        "/api/validate-yaml", {{"content", read_file(card.place, kMaxCard)}, {"repoType", "model"}}, target_.repo);
    const Json answer = parse_json(response.body, response.url);
    for (const Json& warning : json_value<std::vector<Json>>(answer, "warnings", {}, response.url)) {
      const auto text = json_value<std::string>(warning, "message", "", response.url);
      notice(concat(kCard, ": ", one_line(without_token(text, client_.settings())).substr(0, 300)));
    }
  } catch (const RefusedError& error) {
    if (error.reason() == Refusal::no_entry) return;  // some mirrors do not check
    if (error.reason() != Refusal::bad_request) throw;
    fail(ErrorCode::invalid_argument, card.place.string(),
         ": the Hub refuses this model card: ", without_token(server_message(error.response()), client_.settings()),
         "; nothing was sent");
  }
}

/// What the Hub does not have as it is, and how it wants it.
Commit Push::choose_files() {
  // First: what changes later makes the Hub refuse the commit.
  Commit commit{.message = options_.commit_message, .parent = ask_commit(client_, target_.repo, target_.revision)};
  std::vector<LocalFile> files = files_;
  const auto is_card = [](const LocalFile& file) { return file.path == kCard; };
  if (!options_.replace_model_card && has(kCard) && hub_has_card()) {
    std::erase_if(files, is_card);
    notice("the model card on the Hub is kept; --replace-model-card would replace it");
  }
  const std::vector<UploadMode> modes = ask_upload_modes(client_, target_, files);
  for (size_t i = 0; i < files.size(); ++i) {
    if (modes[i].ignored) {
      notice(concat(files[i].path, ": the .gitignore of the repository leaves it out"));
      continue;
    }
    std::string hash = modes[i].large ? sha256_of(files[i]) : git_hash_of(files[i]);
    if (hash == modes[i].hash) continue;
    if (modes[i].large) {
      commit.large.push_back({files[i], std::move(hash)});
    } else {
      commit.small.push_back(files[i]);
    }
  }
  if (const auto card = std::find_if(commit.small.begin(), commit.small.end(), is_card); card != commit.small.end()) {
    check_card(*card);
  }
  return commit;
}

void Push::upload(const Commit& commit) {
  uint64_t total = 0;
  for (const LfsObject& object : commit.large)
    total += object.file.size;
  const std::string detail = concat(commit.large.size(), commit.large.size() == 1 ? " file" : " files");
  const auto report = [&](uint64_t sent) {
    if (!options_.progress) return;
    options_.progress({.stage = "upload", .done = sent, .total = total, .unit = "bytes", .detail = detail});
  };
  upload_large_files(client_, target_.repo, target_.create_pr ? "" : target_.revision, commit.large, report);
}

PushResult Push::commit_files() {
  const Commit commit = choose_files();
  const std::string page = client_.settings().endpoint + target_.repo.page();
  PushResult result{.repository = target_.repo.name, .files = commit.small.size() + commit.large.size()};
  if (result.files == 0) {
    notice("the Hub has all of it already");
    result.url = concat(page, "/commit/", commit.parent);
    return result;
  }
  upload(commit);
  result.url = make_commit(client_, target_, commit);
  return result;
}

/// With --organization, the owner need not be said twice.
std::string full_name(const std::string& repository, const std::string& organization) {
  if (organization.empty()) return repository;
  if (repository.find('/') == std::string::npos) return organization + "/" + repository;
  if (repository.starts_with(organization + "/")) return repository;
  fail(ErrorCode::invalid_argument, "'", repository, "' is no repository of ", organization);
}

}  // namespace

PushResult push(Client& client, const fs::path& directory, const std::string& repository, const PushOptions& options) {
  require_token(client.settings());
  return Push(client, directory, options).run(full_name(repository, options.organization));
}

}  // namespace sbert::hub

namespace sbert {

PushResult push_to_hub(const std::filesystem::path& directory, const std::string& repository,
                       const PushOptions& options) {
  hub::Client client(hub::Settings::from_environment(), options.notice);
  return hub::push(client, directory, repository, options);
}

}  // namespace sbert
