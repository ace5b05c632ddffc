#include <memory>
#include <string>

#include <sbert/hub.h>

#include "base/fail.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/output.h"
#include "hub/settings.h"

namespace sbert::cli {

namespace {

struct WhoamiCommand {
  bool json = false;
};

OrderedJson to_json(const HubAccount& account, const std::string& source) {
  return {{"name", account.name},       {"organizations", account.organizations}, {"token", account.token_name},
          {"role", account.token_role}, {"may_write", account.may_write},         {"token_source", source}};
}

void print_text(std::ostream& out, const HubAccount& account, const std::string& source) {
  out << account.name << '\n';
  std::string organizations;
  for (const std::string& name : account.organizations)
    organizations += (organizations.empty() ? "" : ", ") + name;
  if (!organizations.empty()) out << "organizations: " << one_line(organizations) << '\n';
  out << "token: " << one_line(account.token_name) << " (" << one_line(account.token_role) << ", "
      << (account.may_write ? "can write" : "can only read") << "), from " << source << '\n';
}

void whoami(const WhoamiCommand& command) {
  const HubAccount account = sbert::whoami();
  const std::string source = hub::Settings::from_environment().token_source;
  write_stdout([&](std::ostream& out) {
    if (command.json) {
      out << to_json(account, source).dump(2) << '\n';
    } else {
      print_text(out, account, source);
    }
  });
}

std::function<void()> declare_whoami(Flags& flags) {
  auto command = std::make_shared<WhoamiCommand>();
  flags.group("output");
  flags.toggle("--json", command->json, "one JSON object");
  return [command] { whoami(*command); };
}

}  // namespace

const Command kWhoami{.name = "whoami",
                      .summary = "who you are on the Hub, and what your token may do",
                      .examples = R"(  sbert whoami
  sbert whoami --json | jq .may_write
)",
                      .notes = "",
                      .declare = declare_whoami};

}  // namespace sbert::cli
