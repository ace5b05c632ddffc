#include "data/parquet/column_reader.h"

#include <bit>

#include "base/fail.h"
#include "data/parquet/codec.h"

namespace sbert::parquet {
namespace {

[[noreturn]] void fail_cut_off(const Node& leaf) {
  fail(ErrorCode::corrupt_data, "the Parquet file's column '", leaf.element.name, "' is damaged or cut off");
}

/// Bits that a level of at most `most` takes.
unsigned level_width(unsigned most) {
  return static_cast<unsigned>(std::bit_width(most));
}

std::string_view view(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

ColumnReader::ColumnReader(std::shared_ptr<const MappedFile> file, const Node& leaf, const ColumnChunk& chunk)
    : file_(std::move(file)), leaf_(leaf), codec_(chunk.codec) {
  const std::string_view all = view(file_->bytes());
  if (chunk.begin > all.size() || chunk.size > all.size() - chunk.begin) fail_cut_off(leaf_);
  left_ = all.substr(chunk.begin, chunk.size);
  next_entry();
}

Value ColumnReader::take() {
  if (ended_) fail_cut_off(leaf_);
  Value value;
  if (definition_ == leaf_.definition) value = value_of(values_->next(), leaf_.element);
  next_entry();
  return value;
}

void ColumnReader::next_entry() {
  while (entries_ == 0) {
    ended_ = !next_page();
    if (ended_) return;
  }
  --entries_;
  repetition_ = repetitions_ ? repetitions_->next() : 0;
  definition_ = definitions_ ? definitions_->next() : 0;
}

bool ColumnReader::next_page() {
  while (!left_.empty()) {
    const PageHeader header = read_page_header(left_);
    if (header.size > left_.size() - header.header_size) fail_cut_off(leaf_);
    const std::string_view bytes = left_.substr(header.header_size, header.size);
    left_.remove_prefix(header.header_size + header.size);
    if (header.kind == PageHeader::Kind::dictionary) read_dictionary(header, bytes);
    if (header.kind == PageHeader::Kind::data) begin_page(header, bytes);
    if (header.kind == PageHeader::Kind::data_v2) begin_page_v2(header, bytes);
    file_->release(std::as_bytes(std::span(bytes)));
    if (entries_ > 0) return true;
  }
  return false;
}

void ColumnReader::read_dictionary(const PageHeader& header, std::string_view bytes) {
  page_ = decompress(codec_, bytes, header.uncompressed_size);
  const auto values = make_decoder(Encoding::plain, leaf_.element, page_, dictionary_);
  // Every value has a byte at least, but for a fixed width of 0.
  if (header.values > page_.size()) fail_cut_off(leaf_);
  std::vector<std::string> dictionary;
  for (uint64_t i = 0; i < header.values; ++i)
    dictionary.emplace_back(values->next());
  dictionary_ = std::move(dictionary);
}

std::string_view ColumnReader::take_levels(std::string_view& bytes, unsigned most) const {
  if (most == 0) return {};
  BitReader in(bytes);
  const std::string_view levels = in.bytes(in.bits(32));
  bytes.remove_prefix(in.position());
  return levels;
}

void ColumnReader::begin_page(const PageHeader& header, std::string_view bytes) {
  if (header.level_encoding != Encoding::rle && leaf_.definition > 0) {
    fail(ErrorCode::unsupported, "the Parquet file has levels in an encoding that nothing writes any more");
  }
  page_ = decompress(codec_, bytes, header.uncompressed_size);
  std::string_view rest = page_;
  repetitions_.emplace(take_levels(rest, leaf_.repetition), level_width(leaf_.repetition));
  definitions_.emplace(take_levels(rest, leaf_.definition), level_width(leaf_.definition));
  if (leaf_.repetition == 0) repetitions_.reset();
  if (leaf_.definition == 0) definitions_.reset();
  values_ = make_decoder(header.encoding, leaf_.element, rest, dictionary_);
  entries_ = header.values;
}

void ColumnReader::begin_page_v2(const PageHeader& header, std::string_view bytes) {
  const size_t levels = header.repetition_size + header.definition_size;
  if (header.repetition_size > bytes.size() || levels > bytes.size() || levels > header.uncompressed_size) {
    fail_cut_off(leaf_);
  }
  page_ = std::string(bytes.substr(0, levels));
  page_ +=
      decompress(header.compressed ? codec_ : Codec::none, bytes.substr(levels), header.uncompressed_size - levels);
  const std::string_view all = page_;
  repetitions_.reset();
  definitions_.reset();
  if (leaf_.repetition > 0) repetitions_.emplace(all.substr(0, header.repetition_size), level_width(leaf_.repetition));
  if (leaf_.definition > 0) {
    definitions_.emplace(all.substr(header.repetition_size, header.definition_size), level_width(leaf_.definition));
  }
  values_ = make_decoder(header.encoding, leaf_.element, all.substr(levels), dictionary_);
  entries_ = header.values;
}

}  // namespace sbert::parquet
