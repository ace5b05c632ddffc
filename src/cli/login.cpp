#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>
#include <termios.h>
#include <unistd.h>

#include <sbert/hub.h>

#include "cli/command.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "hub/settings.h"

namespace sbert::cli {

namespace {

struct LoginCommand {
  std::string token;
};

/// What is typed is not shown while one of these lives.
class HiddenInput {
 public:
  HiddenInput() : terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!terminal_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenInput() {
    if (terminal_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

  bool is_terminal() const { return terminal_; }

 private:
  termios before_{};
  bool terminal_;
};

/// A line of stdin, up to which is waited; Ctrl-C gives the terminal back as it was.
std::string ask_for_token() {
  const InterruptGuard guard;
  const HiddenInput hidden;
  if (hidden.is_terminal()) {
    std::cerr << "a token from " << hub::Settings::from_environment().endpoint
              << "/settings/tokens (it is not shown): " << std::flush;
  }
  std::string line;
  char c = 0;
  while (::read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
    line += c;
  if (hidden.is_terminal()) std::cerr << '\n';
  throw_if_interrupted();
  return line;
}

/// --token, else $HF_TOKEN, else what is typed.
std::string find_token(const LoginCommand& command) {
  if (!command.token.empty()) return command.token;
  if (const char* token = std::getenv("HF_TOKEN"); token != nullptr && *token != '\0') return token;
  return ask_for_token();
}

void login(const LoginCommand& command) {
  const std::string token = find_token(command);
  const HubAccount account = sbert::login(token);
  const hub::Settings settings = hub::Settings::from_environment();
  Console console(false, false);
  console.note("logged in as " + account.name + "; the token is kept in " + settings.token_file.string());
  if (!account.may_write) {
    console.note("this token can only read: 'sbert push' wants one that can write, from " + settings.endpoint +
                 "/settings/tokens");
  }
  if (settings.token != hub::clean_token(token)) {
    console.note("but " + settings.token_source + " holds another token, and it counts first");
  }
}

std::function<void()> declare_login(Flags& flags) {
  auto command = std::make_shared<LoginCommand>();
  flags.group("who");
  flags.value("--token", "T", command->token,
              "a token of the Hub; default: $HF_TOKEN, else it is typed, unseen, or read from stdin");
  return [command] { login(*command); };
}

}  // namespace

const Command kLogin{
    .name = "login",
    .summary = "be somebody on the Hugging Face Hub",
    .examples = R"(  sbert login
  sbert login < token.txt
)",
    .notes =
        R"(The Hub is asked whose token it is. Then it is kept where Python's tools look, too: token and stored_tokens in
~/.cache/huggingface, or $HF_HOME, readable by you only. It goes to the Hub and nowhere else. 'sbert logout' forgets it.
)",
    .declare = declare_login};

}  // namespace sbert::cli
