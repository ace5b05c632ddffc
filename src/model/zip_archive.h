#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>

namespace sbert {

/// The entries of a zip archive that is in memory, by name; each span lies within `archive`. Only entries that are
/// stored, not compressed, as torch.save stores all of them, so that weights can stay in the mapped file: zip libraries
/// copy them out. With zip64. Sizes are the directory's, checksums are not read.
/// THROWS: corrupt_data, beginning with `where`; unsupported for compressed and encrypted entries.
std::map<std::string, std::span<const std::byte>, std::less<>> read_zip_archive(std::span<const std::byte> archive,
                                                                                const std::string& where);

}  // namespace sbert
