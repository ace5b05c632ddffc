#include "hub/hashes.h"

#include <array>

#include <openssl/evp.h>

#include "base/fail.h"

namespace sbert::hub {

// The one file that knows OpenSSL.
struct Hash::State {
  explicit State(const EVP_MD* kind) : context(EVP_MD_CTX_new()) {
    check(context != nullptr && EVP_DigestInit_ex(context, kind, nullptr) == 1);
  }
  ~State() { EVP_MD_CTX_free(context); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  static void check(bool ok) {
    if (!ok) fail(ErrorCode::unsupported, "OpenSSL refuses to compute a hash that the Hub needs (a FIPS mode?)");
  }

  EVP_MD_CTX* context;
};

Hash::Hash(std::unique_ptr<State> state) : state_(std::move(state)) {}
Hash::Hash(Hash&&) noexcept = default;
Hash& Hash::operator=(Hash&&) noexcept = default;
Hash::~Hash() = default;

Hash Hash::sha256() {
  return Hash(std::make_unique<State>(EVP_sha256()));
}

Hash Hash::git_blob(uint64_t size) {
  Hash hash(std::make_unique<State>(EVP_sha1()));
  hash.update(concat("blob ", size));
  hash.update(std::string_view("\0", 1));
  return hash;
}

void Hash::update(std::string_view bytes) {
  State::check(EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()) == 1);
}

std::string Hash::finish() {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned size = 0;
  State::check(EVP_DigestFinal_ex(state_->context, bytes.data(), &size) == 1);
  std::string text;
  for (unsigned i = 0; i < size; ++i) {
    text += kHex[bytes[i] >> 4];
    text += kHex[bytes[i] & 15];
  }
  return text;
}

}  // namespace sbert::hub
