#include "tensor/buffer_pool.h"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <new>
#include <sys/mman.h>

namespace sbert {
namespace {

constexpr std::align_val_t kAlignment{64};

/// Eight size classes an octave: at most an eighth of a block is unused.
size_t size_class(size_t bytes) {
  const size_t at_least = std::max<size_t>(bytes, 256);
  const size_t step = std::max<size_t>(64, std::bit_floor(at_least) / 8);
  return (at_least + step - 1) / step * step;
}

/// Larger blocks come from the operating system and go back to it: of what is freed, the C library keeps up to 32 MiB a
/// block for itself, half a gigabyte in a training within 1 GiB.
constexpr size_t kMapped = size_t{1} << 17;

struct Block {
  void* memory;
  size_t bytes;
};

Block new_block(size_t bytes) {
  if (bytes < kMapped) return {::operator new(bytes, kAlignment), bytes};
  void* const memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  return {memory, bytes};
}

void delete_block(const Block& block) noexcept {
  if (block.bytes < kMapped) {
    ::operator delete(block.memory, kAlignment);
  } else {
    ::munmap(block.memory, block.bytes);
  }
}

class BufferPool {
 public:
  /// At least `bytes`.
  Block take(size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      const auto found = free_.lower_bound(bytes);
      // Batches differ in size: a block somewhat too large does, or each size would keep blocks of its own. Where
      // memory is scarce, nothing is left unused.
      const bool scarce = limit_ != 0 && usage_.in_use + cached_ > limit_ / 2;
      if (found != free_.end() && found->first <= bytes + (scarce ? 0 : bytes / 2)) {
        const Block block{found->second, found->first};
        free_.erase(found);
        cached_ -= block.bytes;
        add_used(block.bytes);
        return block;
      }
      add_used(bytes);
      if (limit_ != 0 && usage_.in_use + cached_ > limit_) trim_locked();
    }
    try {
      return new_block(bytes);
    } catch (const std::bad_alloc&) {
      trim();  // other sizes may be holding what is needed
      return new_block(bytes);
    }
  }

  void give_back(const Block& block) noexcept {
    const std::lock_guard lock(mutex_);
    usage_.in_use -= block.bytes;
    try {
      free_.emplace(block.bytes, block.memory);
      cached_ += block.bytes;
    } catch (...) {
      delete_block(block);
    }
  }

  void trim() {
    const std::lock_guard lock(mutex_);
    trim_locked();
  }

  BufferUsage usage() {
    const std::lock_guard lock(mutex_);
    return usage_;
  }

  void reset_peak() {
    const std::lock_guard lock(mutex_);
    usage_.peak = usage_.in_use;
  }

  void set_limit(size_t bytes) {
    const std::lock_guard lock(mutex_);
    limit_ = bytes;
  }

 private:
  void add_used(size_t bytes) {
    usage_.in_use += bytes;
    usage_.peak = std::max(usage_.peak, usage_.in_use);
  }

  void trim_locked() {
    for (const auto& [bytes, memory] : free_)
      delete_block({memory, bytes});
    free_.clear();
    cached_ = 0;
  }

  std::mutex mutex_;
  std::multimap<size_t, void*> free_;
  size_t cached_ = 0;  // bytes in free_
  size_t limit_ = 0;
  BufferUsage usage_;
};

/// Never destroyed: buffers held by other static objects may be returned after main has ended.
BufferPool& pool() {
  static auto* const instance = new BufferPool;
  return *instance;
}

}  // namespace

std::shared_ptr<void> allocate_buffer(size_t bytes) {
  const Block block = pool().take(size_class(bytes));
  return {block.memory, [block](void*) { pool().give_back(block); }};
}

BufferUsage buffer_usage() {
  return pool().usage();
}

void reset_peak_buffer_bytes() {
  pool().reset_peak();
}

void limit_buffer_pool(size_t bytes) {
  pool().set_limit(bytes);
}

void trim_buffer_pool() {
  pool().trim();
}

}  // namespace sbert
