#include "data/glob.h"

#include "base/fail.h"

namespace sbert {

namespace {

constexpr size_t kMaxPattern = 1024;

std::bitset<256> one(char c) {
  return std::bitset<256>().set(static_cast<unsigned char>(c));
}

/// What stands between the brackets: characters and ranges, "!" at the beginning for all others.
std::bitset<256> bytes_of_set(std::string_view set) {
  const bool others = set.starts_with('!');
  if (others) set.remove_prefix(1);
  std::bitset<256> bytes;
  for (size_t i = 0; i < set.size(); ++i) {
    const bool range = i + 2 < set.size() && set[i + 1] == '-';
    const auto first = static_cast<unsigned char>(set[i]);
    const auto last = static_cast<unsigned char>(set[range ? i + 2 : i]);
    for (unsigned byte = first; byte <= last; ++byte)
      bytes.set(byte);
    if (range) i += 2;
  }
  if (others) bytes.flip();
  return bytes.reset('/');
}

}  // namespace

Glob::Glob(std::string_view pattern) {
  if (pattern.size() > kMaxPattern) fail(ErrorCode::invalid_argument, "a pattern for files is too long");
  while (true) {
    const size_t slash = pattern.find('/');
    const bool last = slash == std::string_view::npos;
    const std::string_view name = pattern.substr(0, slash);
    if (name == "**") {
      tokens_.push_back({last ? Kind::everything : Kind::directories});
    } else {
      if (name.find("**") != std::string_view::npos) {
        fail(ErrorCode::invalid_argument, "'", name, "': '**' can only be the whole name of directories");
      }
      add_name(name);
      if (!last) tokens_.push_back({Kind::byte, one('/')});
    }
    if (last) return;
    pattern.remove_prefix(slash + 1);
  }
}

void Glob::add_name(std::string_view name) {
  for (size_t i = 0; i < name.size(); ++i) {
    // A bracket that comes first belongs to the set, and one that is never closed is a character.
    const size_t inside = i + 1 + (name.substr(i + 1).starts_with('!') ? 1 : 0);
    const size_t end = name[i] == '[' ? name.find(']', inside + 1) : std::string_view::npos;
    if (end != std::string_view::npos) {
      tokens_.push_back({Kind::byte, bytes_of_set(name.substr(i + 1, end - i - 1))});
      i = end;
    } else if (name[i] == '*') {
      tokens_.push_back({Kind::part});
    } else {
      tokens_.push_back({Kind::byte, name[i] == '?' ? ~one('/') : one(name[i])});
    }
  }
}

/// All tokens but a byte may match nothing.
void Glob::enter(States& states, size_t token) const {
  states[token] = 1;
  while (token < tokens_.size() && tokens_[token].kind != Kind::byte)
    states[++token] = 1;
}

bool Glob::matches(std::string_view path) const {
  States now(tokens_.size() + 1), next;
  enter(now, 0);
  for (const char c : path) {
    next.assign(now.size(), 0);
    for (size_t i = 0; i < tokens_.size(); ++i) {
      if (!now[i]) continue;
      switch (tokens_[i].kind) {
        case Kind::byte:
          if (tokens_[i].bytes[static_cast<unsigned char>(c)]) enter(next, i + 1);
          break;
        case Kind::part:
          if (c != '/') enter(next, i);
          break;
        case Kind::everything:
          enter(next, i);
          break;
        case Kind::directories:  // what follows begins behind a slash
          next[i] = 1;
          if (c == '/') enter(next, i + 1);
          break;
      }
    }
    now.swap(next);
  }
  return now.back() != 0;
}

}  // namespace sbert
