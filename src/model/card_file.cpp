#include "model/card_file.h"

#include "base/fail.h"
#include "base/files.h"
#include "hub/hashes.h"

namespace sbert {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCard = "README.md";
constexpr uint64_t kMaxBytes = uint64_t{1} << 22;
constexpr std::string_view kSeal =
    "<!-- written by sbert.cpp, and again by the next training until somebody changes it: ";
constexpr std::string_view kSealEnd = " -->\n";

std::string checksum(std::string_view text) {
  hub::Hash hash = hub::Hash::sha256();
  hash.update(text);
  return hash.finish();
}

bool is_sealed(std::string_view card) {
  const size_t seal = card.rfind(kSeal);
  return seal != std::string_view::npos && sealed_card(card.substr(0, seal)) == card;
}

}  // namespace

std::string sealed_card(std::string_view text) {
  return concat(text, kSeal, checksum(text), kSealEnd);
}

std::string read_card(const fs::path& directory) {
  std::error_code ignored;
  const fs::path path = directory / kCard;
  if (!fs::is_regular_file(path, ignored)) return "";
  try {
    return read_file(path, kMaxBytes);
  } catch (const Error&) {
    return "";  // a model is one without its description, too
  }
}

void write_card(const std::string& card, const fs::path& fresh, const fs::path& target) {
  if (card.empty()) return;
  const bool taken = file_exists(target / kCard) && !is_sealed(read_card(target));
  if (taken && !is_sealed(card)) return;  // a copy of what somebody wrote of another directory
  write_file_atomically(fresh / (taken ? kCardBeside : kCard), card);
}

}  // namespace sbert
