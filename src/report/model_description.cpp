#include "report/model_description.h"

#include <filesystem>

#include "hub/cache.h"
#include "model/implementation.h"
#include "nn/transformer.h"

namespace sbert::report {
namespace {

namespace fs = std::filesystem;

/// The directory that the encoder, or the whole model, was read from; empty if none was.
fs::path source_of(const ModelImplementation& model) {
  if (!model.source.empty()) return model.source;
  const auto* transformer = dynamic_cast<const nn::Transformer*>(model.modules().front().module.get());
  return transformer == nullptr ? fs::path() : transformer->source();
}

std::string name_of(const fs::path& source) {
  const fs::path path = (source / "").lexically_normal().parent_path();
  return path.filename().string();
}

}  // namespace

ModelRecord describe_model(const SentenceTransformer& model) {
  const ModelImplementation& implementation = model.implementation();
  ModelRecord record;
  if (const fs::path source = source_of(implementation); !source.empty()) {
    std::error_code error;
    const fs::path absolute = fs::absolute(source, error);
    if (const auto cached = hub::find_cached_repo(absolute)) {
      record.base_id = cached->id.name;
      record.base_revision = cached->commit;
    }
    record.base = record.base_id.empty() ? name_of(absolute) : record.base_id;
  }
  if (record.base.empty()) record.base = "a new model";
  for (const LoadedModule& loaded : implementation.modules())
    record.modules.emplace_back(loaded.module->type(), loaded.module->config());
  for (const ParameterPtr& parameter : implementation.parameters())
    record.parameters += static_cast<uint64_t>(parameter_size(*parameter));
  record.dimension = model.embedding_dimension();
  record.max_seq_length = model.max_seq_length();
  record.similarity = model.similarity_function();
  return record;
}

}  // namespace sbert::report
