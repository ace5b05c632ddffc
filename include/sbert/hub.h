#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <sbert/progress.h>

namespace sbert {

// The Hugging Face Hub: models come from it and go to it. Everything here obeys the environment variables of Python's
// huggingface_hub: HF_TOKEN, HF_ENDPOINT, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE and the usual ones for proxies. Files
// are kept in the cache that Python's tools share. Safe to call from many threads and processes at once.

/// How a model that is not in the Hugging Face cache yet gets there.
struct LoadOptions {
  std::string revision{};         ///< A branch, tag or commit of the Hub; as "@revision" behind the model's name.
  bool local_files_only = false;  ///< Only what the cache has, as HF_HUB_OFFLINE=1 has it for everything.
  ProgressCallback progress{};
  NoticeCallback notice{};
};

struct PullOptions {
  std::string revision{};  ///< A branch, tag or commit; default: "main".
  bool all_files = false;  ///< Also what no sentence-transformer needs: ONNX, OpenVINO, TensorFlow, pictures, ...
  ProgressCallback progress{};
  NoticeCallback notice{};
};

/// Brings a model of the Hub ("org/name", "org/name@revision"; a bare "name" means "sentence-transformers/name" if
/// there is one) up to date in the cache, and returns its directory there. Downloads go on where an earlier one broke
/// off, and every file is checked against the Hub's hash. With HF_HUB_OFFLINE=1: what the cache has. THROWS: not_found
/// (no such model, or a private one), access_denied (a bad token, a gated model), network, corrupt_data (what came is
/// not what the Hub lists), io (the disk is full).
std::filesystem::path pull(const std::string& model, const PullOptions& options = {});

/// Whose a token is, and what it may do.
struct HubAccount {
  std::string name{};
  std::vector<std::string> organizations{};
  std::string token_name{};
  std::string token_role{};  ///< "read", "write", "fineGrained"
  bool may_write = false;    ///< some repository at least
};

/// Asks the Hub who `token` is; the one of HF_TOKEN or login(), if it is empty. THROWS: access_denied if there is none
/// or it is not valid (any more); network.
HubAccount whoami(const std::string& token = "");
/// Checks a token with whoami() and keeps it where Python's tools look as well: `token` and `stored_tokens` in HF_HOME,
/// readable by this user only. THROWS: what whoami() throws; invalid_argument; io.
HubAccount login(const std::string& token);
/// Forgets what login() kept. False if there was nothing.
bool logout();

struct PushOptions {
  std::string organization{};                 ///< Owner of the repository; default: you.
  bool private_repo = false;                  ///< A new repository can be seen by its owner only.
  std::vector<std::string> train_datasets{};  ///< Written into the model card.
  std::string commit_message = "Add new SentenceTransformer model";
  std::string revision{};           ///< A branch, made if there is none; default: "main".
  bool create_pr = false;           ///< A pull request instead of a commit; others' repositories take them, too.
  bool replace_model_card = false;  ///< Also if the repository has a README.md, which is kept otherwise.
  ProgressCallback progress{};
  NoticeCallback notice{};
};

struct PushResult {
  std::string url{};         ///< of the commit, or of the pull request
  std::string repository{};  ///< "owner/name"
  size_t files = 0;          ///< that were sent; the others are there already
};

/// Uploads a directory as a commit to the model repository `repository` ("name" or "owner/name"), which is created if
/// there is none. Files that are there already are not sent again, so what was interrupted can be repeated.
/// Checkpoints, .git and .cache stay here. Differs from Python: a repository that exists gets the commit.
/// THROWS: access_denied (no token, or one that may not write), invalid_argument (a model card that the Hub refuses, a
/// name it does not allow), network, io.
PushResult push_to_hub(const std::filesystem::path& directory, const std::string& repository,
                       const PushOptions& options = {});

}  // namespace sbert
