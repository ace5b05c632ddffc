#pragma once

#include <filesystem>
#include <functional>

namespace sbert {

/// Makes a directory so that a reader, or a crash, sees the old one or the new one and never a part: `write` fills a
/// new one beside it, which is renamed when it is whole. What the old one held and the new one does not is kept; a link
/// is followed. On any failure (also when `write` throws) the old one is untouched and nothing else is left.
/// THROWS: io, naming files by the names that they would have had.
void write_directory_atomically(const std::filesystem::path& directory,
                                const std::function<void(const std::filesystem::path& fresh)>& write);

}  // namespace sbert
