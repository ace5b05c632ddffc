#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <sbert/sentence_transformer.h>

#include "model/tensor_files.h"
#include "nn/module.h"

namespace sbert {

/// A module with what its files on disk hold beside what it declares.
struct LoadedModule {
  std::shared_ptr<nn::Module> module;
  /// Weights of the checkpoint that the module does not use (an unused pooler), saved again as they are.
  std::vector<StoredTensor> unused{};
  std::filesystem::path directory{};           ///< that it was loaded from
  std::shared_ptr<const TensorFiles> files{};  ///< owns the bytes of `unused` and of borrowed parameters
  std::vector<LoadedModule> parts{};           ///< of a Router: its modules, in the order of nn::Router::parts()
};

/// A module that was not read from files.
LoadedModule without_files(std::shared_ptr<nn::Module> module);

/// What a SentenceTransformer handle points to.
class ModelImplementation {
 public:
  /// THROWS: invalid_argument if the modules do not fit together.
  explicit ModelImplementation(std::vector<LoadedModule> modules);

  const std::vector<LoadedModule>& modules() const { return modules_; }
  /// A module with parameters of its own, and what stands before their names: "1.", or "0.query_0_Transformer." inside
  /// a Router.
  struct Leaf {
    std::string prefix;
    const LoadedModule* module;
  };
  std::vector<Leaf> leaves() const;
  nn::InputModule& input() const { return *input_; }
  std::vector<ParameterPtr> parameters() const;
  int64_t embedding_dimension() const { return dimension_; }

  /// Runs all modules; `features` holds the packed batch on entry and the sentence embeddings on exit.
  void forward(Execution& run, nn::Features& features) const;
  /// The same, and the sentence embeddings of those layers (see Features::layer_embeddings), each through all other
  /// modules.
  std::vector<Var> forward_layers(Execution& run, nn::Features& features, std::span<const int64_t> layers) const;

  /// The type that GEMMs read for `precision` on this machine, with weights of that type ready. Thread safe.
  DType prepare(Precision precision) const;
  /// Bytes that weights take while encoding, at most.
  uint64_t weight_bytes(DType gemm) const;
  /// After parameters changed: their rounded copies are no longer true.
  void parameters_changed();
  /// After parameters were copied elsewhere: the mapped files need not stay in memory.
  void release_files() const;

  /// By name. As in Python, the two that encode_query and encode_document use are always there.
  std::map<std::string, std::string> prompts{{"query", ""}, {"document", ""}};
  std::optional<std::string> default_prompt_name;
  SimilarityFunction similarity_function = SimilarityFunction::cosine;
  size_t truncate_dim = 0;       ///< 0: whole embeddings
  std::filesystem::path source;  ///< the directory it was read from; empty: made of parts
  std::string card;              ///< README.md of its directory; empty: none

 private:
  std::vector<LoadedModule> modules_;
  nn::InputModule* input_;
  int64_t dimension_ = 0;
  mutable std::mutex rounding_;
  mutable bool rounded_ = false;
};

/// What `precision` means on this machine.
DType gemm_dtype(Precision precision);

}  // namespace sbert
