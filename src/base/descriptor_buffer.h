#pragma once

#include <array>
#include <functional>
#include <ostream>
#include <streambuf>
#include <string>

namespace sbert {

/// Writes to a file descriptor; unlike std::filebuf it throws, and says why.
class DescriptorBuffer : public std::streambuf {
 public:
  /// `name`: for messages.
  DescriptorBuffer(int descriptor, std::string name);

  /// Calls `write` with a stream to this that throws as this does, and writes what is left. THROWS: io.
  void write_stream(const std::function<void(std::ostream&)>& write);

 protected:
  int_type overflow(int_type next) override;
  int sync() override;
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override;
  pos_type seekpos(pos_type place, std::ios_base::openmode which) override;
  /// What the operating system refused, by its errno. THROWS: io.
  [[noreturn]] virtual void refused(int error) const;

 private:
  int descriptor_;
  std::string name_;
  std::array<char, 1 << 16> buffer_;
};

}  // namespace sbert
