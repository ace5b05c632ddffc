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
/// is written, or not at all, also when somebody stops us; what cannot be replaced (a device, a pipe, a mounted file)
/// is written to as it is, and a name of an open descriptor (/dev/stdout) is that descriptor. THROWS: what write_stdout
/// throws; io naming the file; cancelled.
void write_output(const std::string& path, const std::function<void(std::ostream&)>& write);

/// Makes sure, before the work begins, that write_output can write there. Leaves nothing behind. THROWS: io.
void require_writable(const std::string& path);
/// The same of a directory that will be made, or filled, with so many bytes.
void require_writable_directory(const std::filesystem::path& path, uint64_t bytes);

/// Whether what is written there can be gone back to: not a pipe, not a terminal, not what others append to.
bool can_seek(const std::string& path);

/// For long work: stops it as soon as a stream has failed. THROWS: io naming `path`.
void check_output(const std::ostream& out, const std::string& path);

/// Where `path` is or will be created: the nearest directory above it that exists.
std::filesystem::path directory_for(const std::filesystem::path& path);

}  // namespace sbert::cli
