#include "tensor/buffer_pool.h"

#include <algorithm>
#include <bit>
#include <map>
#include <mutex>
#include <new>
#include <vector>

namespace sbert {
namespace {

constexpr std::align_val_t kAlignment{64};

/// Eight size classes an octave: at most an eighth of a block is unused.
size_t size_class(size_t bytes) {
  const size_t at_least = std::max<size_t>(bytes, 256);
  const size_t step = std::max<size_t>(64, std::bit_floor(at_least) / 8);
  return (at_least + step - 1) / step * step;
}

class BufferPool {
 public:
  void* take(size_t bytes) {
    {
      const std::lock_guard lock(mutex_);
      usage_.in_use += bytes;
      usage_.peak = std::max(usage_.peak, usage_.in_use);
      const auto found = free_.find(bytes);
      if (found != free_.end() && !found->second.empty()) {
        void* block = found->second.back();
        found->second.pop_back();
        cached_ -= bytes;
        return block;
      }
      if (limit_ != 0 && usage_.in_use + cached_ > limit_) trim_locked();
    }
    try {
      return ::operator new(bytes, kAlignment);
    } catch (const std::bad_alloc&) {
      trim();  // other sizes may be holding what is needed
      return ::operator new(bytes, kAlignment);
    }
  }

  void give_back(void* block, size_t bytes) noexcept {
    const std::lock_guard lock(mutex_);
    usage_.in_use -= bytes;
    try {
      free_[bytes].push_back(block);
      cached_ += bytes;
    } catch (...) {
      ::operator delete(block, kAlignment);
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
  void trim_locked() {
    for (auto& [bytes, blocks] : free_) {
      for (void* block : blocks)
        ::operator delete(block, kAlignment);
    }
    free_.clear();
    cached_ = 0;
  }

  std::mutex mutex_;
  std::map<size_t, std::vector<void*>> free_;
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
  const size_t rounded = size_class(bytes);
  return {pool().take(rounded), [rounded](void* block) { pool().give_back(block, rounded); }};
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
