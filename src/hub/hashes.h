#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace sbert::hub {

/// Hash of bytes that come in pieces.
class Hash {
 public:
  static Hash sha256();
  /// What git calls a file of these bytes: the SHA-1 of "blob <size>\0" and the bytes.
  static Hash git_blob(uint64_t size);

  Hash(Hash&&) noexcept;
  Hash& operator=(Hash&&) noexcept;
  ~Hash();

  void update(std::string_view bytes);
  /// In lower-case hexadecimal digits. Ends the hash: nothing may follow.
  std::string finish();

 private:
  struct State;
  explicit Hash(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace sbert::hub
