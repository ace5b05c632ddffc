#pragma once

#include <filesystem>
#include <memory>

#include "model/implementation.h"

namespace sbert {

/// Opens a sentence-transformers directory, or one without modules.json (see plain_checkpoint.h).
std::shared_ptr<ModelImplementation> load_model(const std::filesystem::path& directory,
                                                const NoticeCallback& notice = {});

/// One module of a class ("Pooling") from its own directory, with its weights.
LoadedModule load_module(const std::string& type, const std::filesystem::path& directory, const std::string& where);

}  // namespace sbert
