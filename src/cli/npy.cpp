#include "cli/npy.h"

#include <bit>
#include <string>

#include "base/fail.h"

namespace sbert::cli {

static_assert(std::endian::native == std::endian::little, "rows are written as they are in memory");

namespace {

// Magic, version, header length and header together; a multiple of 64, as NumPy wants, with room for two 20-digit
// numbers.
constexpr size_t kPreambleBytes = 128;

}  // namespace

NpyWriter::NpyWriter(std::ostream& out, size_t dimension) : out_(out), dimension_(dimension) {
  write_header();
}

void NpyWriter::write_header() {
  std::string preamble("\x93NUMPY\x01\x00", 8);
  const size_t header_bytes = kPreambleBytes - preamble.size() - 2;
  preamble += static_cast<char>(header_bytes & 0xff);
  preamble += static_cast<char>(header_bytes >> 8);
  preamble += concat("{'descr': '<f4', 'fortran_order': False, 'shape': (", rows_, ", ", dimension_, "), }");
  preamble.resize(kPreambleBytes - 1, ' ');
  out_ << preamble << '\n';
}

void NpyWriter::append(const Embeddings& rows) {
  out_.write(reinterpret_cast<const char*>(rows.data()),
             static_cast<std::streamsize>(rows.rows() * rows.dimension() * sizeof(float)));
  rows_ += rows.rows();
}

void NpyWriter::finish() {
  out_.seekp(0);
  write_header();
}

}  // namespace sbert::cli
