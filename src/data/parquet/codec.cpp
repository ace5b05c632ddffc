#include "data/parquet/codec.h"

#include <brotli/decode.h>
#include <cstdint>
#include <lz4.h>
#include <snappy-c.h>
#include <zstd.h>

#include <zlib.h>

#include "base/fail.h"

namespace sbert::parquet {
namespace {

/// Pages are some MiB in practice; what claims to be more is not worth its memory.
constexpr size_t kLargestPage = size_t{1} << 28;

// Each fills `out` and says whether that took all of `in` and gave exactly so many bytes.

bool snappy(std::string_view in, std::string& out) {
  size_t size = 0;
  if (snappy_uncompressed_length(in.data(), in.size(), &size) != SNAPPY_OK || size != out.size()) return false;
  return snappy_uncompress(in.data(), in.size(), out.data(), &size) == SNAPPY_OK && size == out.size();
}

bool gzip(std::string_view in, std::string& out) {
  z_stream stream{};
  constexpr int kGzipOrZlib = 15 + 32;
  if (inflateInit2(&stream, kGzipOrZlib) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return result == Z_STREAM_END && stream.avail_out == 0;
}

bool brotli(std::string_view in, std::string& out) {
  size_t size = out.size();
  return BrotliDecoderDecompress(in.size(), reinterpret_cast<const uint8_t*>(in.data()), &size,
                                 reinterpret_cast<uint8_t*>(out.data())) == BROTLI_DECODER_RESULT_SUCCESS &&
         size == out.size();
}

bool lz4(std::string_view in, std::string& out) {
  const int size =
      LZ4_decompress_safe(in.data(), out.data(), static_cast<int>(in.size()), static_cast<int>(out.size()));
  return size >= 0 && static_cast<size_t>(size) == out.size();
}

bool zstd(std::string_view in, std::string& out) {
  return ZSTD_decompress(out.data(), out.size(), in.data(), in.size()) == out.size();
}

bool decompress_into(Codec codec, std::string_view in, std::string& out) {
  switch (codec) {
    case Codec::none:
      out = in;
      return true;
    case Codec::snappy:
      return snappy(in, out);
    case Codec::gzip:
      return gzip(in, out);
    case Codec::brotli:
      return brotli(in, out);
    case Codec::lz4:
      return lz4(in, out);
    case Codec::zstd:
      return zstd(in, out);
    case Codec::lzo:
    case Codec::lz4_hadoop:
      break;
  }
  fail(ErrorCode::unsupported, "the Parquet file is compressed with ", codec == Codec::lzo ? "LZO" : "Hadoop's LZ4",
       ": write it with snappy or zstd");
}

}  // namespace

std::string decompress(Codec codec, std::string_view bytes, size_t size) {
  if (size > kLargestPage || bytes.size() > kLargestPage) {
    fail(ErrorCode::unsupported, "a page of the Parquet file has ", size >> 20, " MiB: write it with smaller ones");
  }
  std::string out(size, '\0');
  if (size > 0 && !decompress_into(codec, bytes, out)) {
    fail(ErrorCode::corrupt_data, "a compressed page of the Parquet file is damaged");
  }
  return out;
}

}  // namespace sbert::parquet
