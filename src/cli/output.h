#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>

namespace sbert::cli {

/// Whoever reads our stdout went away (`sbert encode ... | head -1`). Nobody wants to hear more.
struct ClosedPipe {};

/// Calls `write` with a stream to stdout. The stream throws as soon as the operating system refuses: ClosedPipe, or an
/// Error (disk full) naming stdout.
void write_stdout(const std::function<void(std::ostream&)>& write);

/// Calls `write` with a stream to a file, or to stdout if `path` is empty or "-". A regular file appears when all of it
/// is written, or not at all; devices and pipes are written to as they are.
/// THROWS: what write_stdout throws; io naming the file.
void write_output(const std::string& path, const std::function<void(std::ostream&)>& write);

/// For long work: stops it as soon as a stream has failed. THROWS: io naming `path`.
void check_output(const std::ostream& out, const std::string& path);

/// Where `path` is or will be created: the nearest directory above it that exists.
std::filesystem::path directory_for(const std::filesystem::path& path);

/// Makes sure, before hours of work, that `path` can be created or replaced. Leaves nothing behind.
/// THROWS: io naming the directory that does not let us, or too little free space for `bytes`.
void check_can_write(const std::filesystem::path& path, uint64_t bytes = 0);

}  // namespace sbert::cli
