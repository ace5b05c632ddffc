#include "base/descriptor_buffer.h"

#include <cerrno>
#include <cstring>
#include <string_view>
#include <unistd.h>
#include <utility>

#include "base/fail.h"

namespace sbert {

DescriptorBuffer::DescriptorBuffer(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

DescriptorBuffer::int_type DescriptorBuffer::overflow(int_type next) {
  sync();
  if (!traits_type::eq_int_type(next, traits_type::eof())) sputc(traits_type::to_char_type(next));
  return traits_type::not_eof(next);
}

int DescriptorBuffer::sync() {
  std::string_view left(pbase(), static_cast<size_t>(pptr() - pbase()));
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) refused(errno);
    left.remove_prefix(static_cast<size_t>(written));
  }
  return 0;
}

DescriptorBuffer::pos_type DescriptorBuffer::seekoff(off_type offset, std::ios_base::seekdir from,
                                                     std::ios_base::openmode) {
  sync();
  const int whence = from == std::ios_base::beg ? SEEK_SET : from == std::ios_base::cur ? SEEK_CUR : SEEK_END;
  const off_t place = ::lseek(descriptor_, offset, whence);
  if (place < 0) refused(errno);
  return place;
}

DescriptorBuffer::pos_type DescriptorBuffer::seekpos(pos_type place, std::ios_base::openmode which) {
  return seekoff(place, std::ios_base::beg, which);
}

void DescriptorBuffer::refused(int error) const {
  fail(ErrorCode::io, name_, ": cannot write: ", std::strerror(error));
}

void DescriptorBuffer::write_stream(const std::function<void(std::ostream&)>& write) {
  std::ostream out(this);
  out.exceptions(std::ios::badbit);
  try {
    write(out);
    out.flush();
  } catch (const std::ios_base::failure&) {
    refused(EIO);  // nothing that this threw: somebody else has set the stream's state
  }
}

}  // namespace sbert
