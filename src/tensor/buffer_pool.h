#pragma once

#include <cstddef>
#include <memory>

namespace sbert {

/// `bytes` of memory aligned to 64, taken from a process-wide cache of freed blocks (training asks for the same sizes
/// in every step; page faults on fresh memory would cost more than many kernels). Not initialised. Thread safe. THROWS:
/// std::bad_alloc.
std::shared_ptr<void> allocate_buffer(size_t bytes);

/// Gives cached blocks that nobody uses back to the operating system.
void trim_buffer_pool();

}  // namespace sbert
