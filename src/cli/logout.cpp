#include <sbert/hub.h>

#include "cli/command.h"
#include "cli/console.h"
#include "hub/settings.h"

namespace sbert::cli {

namespace {

void logout() {
  Console console(false, false);
  console.note(sbert::logout() ? "the tokens of this machine are removed" : "nobody was logged in");
  if (const hub::Settings settings = hub::Settings::from_environment(); !settings.token.empty()) {
    console.note("but there still is one in " + settings.token_source);
  }
}

std::function<void()> declare_logout(Flags&) {
  return [] { logout(); };
}

}  // namespace

const Command kLogout{.name = "logout",
                      .summary = "forget the tokens that login kept",
                      .examples = R"(  sbert logout
)",
                      .notes = "",
                      .declare = declare_logout};

}  // namespace sbert::cli
