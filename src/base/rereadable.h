#pragma once

#include <filesystem>

#include "base/input_file.h"

namespace sbert {

/// Whether it can be opened again to give the same bytes.
bool is_rereadable(const InputFile& file);

/// A file that gives the same bytes as often as it is opened. What can be read only once (standard input, a FIFO, a
/// process substitution) is read to its end now, into a temporary file in `directory` (see TemporaryFile); others are
/// returned as they are. THROWS: io.
InputFile rereadable(const InputFile& file, const std::filesystem::path& directory = {});

}  // namespace sbert
