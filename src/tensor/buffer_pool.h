#pragma once

#include <cstddef>
#include <memory>

namespace sbert {

/// `bytes` of memory aligned to 64, taken from a process-wide cache of freed blocks (training asks for the same sizes
/// in every step; page faults on fresh memory would cost more than many kernels). Not initialised. Thread safe. THROWS:
/// std::bad_alloc.
std::shared_ptr<void> allocate_buffer(size_t bytes);

/// Bytes that tensors have now, and the most they had since reset_peak_buffer_bytes().
struct BufferUsage {
  size_t in_use = 0;
  size_t peak = 0;
};
BufferUsage buffer_usage();
void reset_peak_buffer_bytes();

/// Cached blocks are given back rather than that they and those in use together exceed `bytes`; 0: no limit.
void limit_buffer_pool(size_t bytes);

/// Gives cached blocks that nobody uses back to the operating system.
void trim_buffer_pool();

}  // namespace sbert
