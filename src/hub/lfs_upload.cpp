#include "hub/lfs_upload.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/fail.h"

namespace sbert::hub {
namespace {

constexpr size_t kObjectsAtOnce = 100;
constexpr const char* kLfsType = "application/vnd.git-lfs+json";
constexpr auto kStorageThinks = std::chrono::seconds(120);  // it hashes gigabytes before it answers

/// The Hub names itself by its public name even behind another address.
std::string at_endpoint(std::string url, const Settings& settings) {
  constexpr std::string_view kPublic = "https://huggingface.co";
  if (url.starts_with(kPublic)) url.replace(0, kPublic.size(), settings.endpoint);
  return url;
}

HubRequest lfs_request(const std::string& url, const Json& body, const RepoId& repo) {
  HubRequest request{.http = {.method = "POST", .url = url}, .repo = repo, .patience = kStorageThinks};
  request.http.body = body.dump();
  request.http.headers.add("Accept", kLfsType);
  request.http.headers.add("Content-Type", kLfsType);
  return request;
}

/// "00001": url, "00002": url, ... of a header, in their order.
std::vector<std::string> part_urls(const Json& header, const std::string& where) {
  std::map<uint64_t, std::string> parts;
  for (const auto& [key, value] : header.items()) {
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), number);
    if (error != std::errc() || end != key.data() + key.size()) continue;
    parts[number] = json_required<std::string>(header, key.c_str(), where);
  }
  std::vector<std::string> urls;
  for (auto& [number, url] : parts)
    urls.push_back(std::move(url));
  return urls;
}

uint64_t part_size(const Json& header, const std::string& where) {
  const Json& value = header.at("chunk_size");  // "5000000", or a number
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  uint64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc() || end != text.data() + text.size() || size == 0) {
    fail(ErrorCode::corrupt_data, where, ": 'chunk_size' should be a number of bytes, not ", text.substr(0, 40));
  }
  return size;
}

/// One request with the bytes of (a part of) the file; the address is signed.
HttpResponse put(Client& client, const RepoId& repo, const std::string& url, FilePart part,
                 const std::function<void(uint64_t)>& sent) {
  HubRequest request{.http = {.method = "PUT", .url = url, .file = std::move(part), .on_sent = sent},
                     .repo = repo,
                     .with_token = false,
                     .patience = kStorageThinks};
  return client.send(std::move(request));
}

void upload_parts(Client& client, const RepoId& repo, const LfsObject& object, const LfsUpload& upload,
                  const std::function<void(uint64_t)>& sent) {
  Json parts = Json::array();
  for (size_t i = 0; i < upload.part_urls.size(); ++i) {
    const uint64_t begin = i * upload.part_size;
    const FilePart part{object.file.place, begin, std::min(upload.part_size, object.file.size - begin)};
    const HttpResponse response =
        put(client, repo, upload.part_urls[i], part, [&](uint64_t bytes) { sent(begin + bytes); });
    const auto etag = response.headers.find("ETag");
    if (!etag)
      fail(ErrorCode::network, url_origin(response.url), ": took a part of ", object.file.path, " without an ETag");
    parts.push_back({{"partNumber", i + 1}, {"etag", *etag}});
  }
  HubRequest complete = lfs_request(upload.url, {{"oid", object.sha256}, {"parts", parts}}, repo);
  complete.with_token = false;
  client.send(std::move(complete));
}

void upload_one(Client& client, const RepoId& repo, const LfsObject& object, LfsUpload upload,
                const std::function<void(uint64_t)>& sent) {
  upload.url = at_endpoint(upload.url, client.settings());
  if (upload.part_size > 0) {
    upload_parts(client, repo, object, upload, sent);
  } else {
    put(client, repo, upload.url, {object.file.place, 0, object.file.size}, sent);
  }
  if (upload.verify_url.empty()) return;
  const std::string url = at_endpoint(upload.verify_url, client.settings());
  client.send(lfs_request(url, {{"oid", object.sha256}, {"size", object.file.size}}, repo));
}

void upload_batch(Client& client, const RepoId& repo, const std::string& revision,
                  const std::map<std::string, const LfsObject*>& batch, uint64_t& done,
                  const std::function<void(uint64_t)>& sent) {
  Json body{{"operation", "upload"}, {"transfers", {"basic", "multipart"}}, {"hash_algo", "sha256"}};
  for (const auto& [hash, object] : batch)
    body["objects"].push_back({{"oid", hash}, {"size", object->file.size}});
  if (!revision.empty()) body["ref"] = {{"name", revision}};
  const HttpResponse response = client.send(lfs_request(repo.page() + ".git/info/lfs/objects/batch", body, repo));
  const Json answer = parse_json(without_token(response.body, client.settings()), response.url);
  const auto answers = json_required<std::vector<Json>>(answer, "objects", response.url);
  for (const Json& one : answers) {
    const auto found = batch.find(json_required<std::string>(one, "oid", response.url));
    if (found == batch.end())
      fail(ErrorCode::corrupt_data, response.url, ": answers about a file that was not asked for");
    const LfsObject& object = *found->second;
    const auto upload = parse_lfs_answer(one, object, response.url);
    if (upload) upload_one(client, repo, object, *upload, [&](uint64_t bytes) { sent(done + bytes); });
    done += object.file.size;
    sent(done);
  }
  if (answers.size() != batch.size()) {
    fail(ErrorCode::corrupt_data, response.url, ": answers about ", answers.size(), " of ", batch.size(), " files");
  }
}

}  // namespace

std::optional<LfsUpload> parse_lfs_answer(const Json& answer, const LfsObject& object, const std::string& where) {
  if (const auto error = answer.find("error"); error != answer.end() && !error->is_null()) {
    fail(ErrorCode::network, object.file.path, ": the Hub does not take it: ",
         json_value<std::string>(*error, "message", "no reason given", where).substr(0, 300));
  }
  const auto actions = json_value<Json>(answer, "actions", nullptr, where);
  if (actions.is_null() || !actions.contains("upload")) return std::nullopt;
  const Json upload = actions["upload"];
  LfsUpload parsed{.url = json_required<std::string>(upload, "href", where)};
  if (const auto verify = json_value<Json>(actions, "verify", nullptr, where); !verify.is_null()) {
    parsed.verify_url = json_required<std::string>(verify, "href", where);
  }
  const auto header = json_value<Json>(upload, "header", nullptr, where);
  if (!header.is_object() || !header.contains("chunk_size")) return parsed;
  parsed.part_size = part_size(header, where);
  parsed.part_urls = part_urls(header, where);
  const uint64_t wanted = object.file.size / parsed.part_size + (object.file.size % parsed.part_size != 0);
  if (parsed.part_urls.size() != wanted) {
    fail(ErrorCode::corrupt_data, where, ": ", parsed.part_urls.size(), " addresses for ", wanted, " parts of ",
         object.file.path);
  }
  return parsed;
}

void upload_large_files(Client& client, const RepoId& repo, const std::string& revision,
                        const std::vector<LfsObject>& objects, const std::function<void(uint64_t sent)>& sent) {
  std::map<std::string, const LfsObject*> batch;  // the same content is sent once
  uint64_t done = 0;
  for (const LfsObject& object : objects) {
    batch[object.sha256] = &object;
    if (batch.size() < kObjectsAtOnce) continue;
    upload_batch(client, repo, revision, batch, done, sent);
    batch.clear();
  }
  if (!batch.empty()) upload_batch(client, repo, revision, batch, done, sent);
}

}  // namespace sbert::hub
