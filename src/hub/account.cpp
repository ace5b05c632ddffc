#include "hub/account.h"

#include <algorithm>

#include "base/fail.h"
#include "hub/token_file.h"

namespace sbert::hub {
namespace {

const Json& member(const Json& object, const char* key) {
  static const Json none;
  if (!object.is_object()) return none;
  const auto found = object.find(key);
  return found == object.end() ? none : *found;
}

bool has_write(const Json& permissions) {
  return permissions.is_array() && std::any_of(permissions.begin(), permissions.end(), [](const Json& permission) {
           return permission.is_string() && permission.get<std::string>().find("write") != std::string::npos;
         });
}

/// A fine-grained token has rights of its own on some users, organizations and repositories.
bool has_write_somewhere(const Json& fine_grained) {
  if (has_write(member(fine_grained, "global"))) return true;
  const Json& scoped = member(fine_grained, "scoped");
  return scoped.is_array() && std::any_of(scoped.begin(), scoped.end(),
                                          [](const Json& scope) { return has_write(member(scope, "permissions")); });
}

bool may_write(const Json& token, const std::string& role) {
  if (role == "fineGrained") return has_write_somewhere(member(token, "fineGrained"));
  return role != "read";
}

}  // namespace

HubAccount parse_account(const Json& answer, const std::string& where) {
  HubAccount account{.name = json_required<std::string>(answer, "name", where)};
  if (const Json& organizations = member(answer, "orgs"); organizations.is_array()) {
    for (const Json& organization : organizations)
      account.organizations.push_back(json_required<std::string>(organization, "name", where));
  }
  const Json& token = member(member(answer, "auth"), "accessToken");
  account.token_name = json_value<std::string>(token, "displayName", "", where);
  account.token_role = json_value<std::string>(token, "role", "", where);
  account.may_write = may_write(token, account.token_role);
  return account;
}

void require_token(const Settings& settings) {
  if (!settings.token.empty()) return;
  fail(ErrorCode::access_denied, "nobody is logged in: 'sbert login', or set HF_TOKEN to a token from ",
       settings.endpoint, "/settings/tokens");
}

HubAccount ask_account(Client& client) {
  require_token(client.settings());
  try {
    return parse_account(client.get_json("/api/whoami-v2", {}, Retry::never), client.settings().endpoint);
  } catch (const RefusedError& error) {
    if (error.response().status != 401) throw;
    fail(ErrorCode::access_denied, "the token from ", client.settings().token_source,
         " is not valid (any more); get one at ", client.settings().endpoint, "/settings/tokens");
  }
}

}  // namespace sbert::hub

namespace sbert {
namespace {

hub::Settings settings_with(const std::string& token) {
  hub::Settings settings = hub::Settings::from_environment();
  if (token.empty()) return settings;
  settings.token = hub::clean_token(token);
  settings.token_source = "this call";
  return settings;
}

}  // namespace

HubAccount whoami(const std::string& token) {
  hub::Client client(settings_with(token));
  return hub::ask_account(client);
}

HubAccount login(const std::string& token) {
  const hub::Settings settings = settings_with(token);
  const auto is_visible = [](unsigned char c) { return c > ' ' && c < 0x7f; };
  if (token.empty() || !std::all_of(settings.token.begin(), settings.token.end(), is_visible)) {
    fail(ErrorCode::invalid_argument, "that is no token; get one at ", settings.endpoint, "/settings/tokens");
  }
  hub::Client client(settings);
  const HubAccount account = hub::ask_account(client);
  hub::save_token(settings, account.token_name.empty() ? "oauth-" + account.name : account.token_name, settings.token);
  return account;
}

bool logout() {
  return hub::remove_tokens(hub::Settings::from_environment());
}

}  // namespace sbert
