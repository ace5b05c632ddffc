#pragma once

#include <filesystem>
#include <memory>

#include "nn/static_embedding.h"

namespace sbert {

/// Opens the directory of a StaticEmbedding with the values of its table: embedding.weight; or what model2vec writes:
/// embeddings [rows, D], where row mapping[id] times weights[id] belongs to token id, if there are mapping and weights.
/// THROWS: not_found, corrupt_data.
std::shared_ptr<nn::StaticEmbedding> open_static_embedding(const std::filesystem::path& directory);

}  // namespace sbert
