#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sbert/embeddings.h>
#include <sbert/hub.h>
#include <sbert/models.h>
#include <sbert/progress.h>
#include <sbert/similarity.h>
#include <sbert/tokenizer.h>

namespace sbert {

struct Objective;
struct FitOptions;
struct FitResult;
struct FitPlan;
class ModelImplementation;

/// Numbers in which the matrix products are computed; everything else is always float.
enum class Precision {
  automatic,  ///< bf16 on CPUs that multiply it natively, else f32
  f32,        ///< reproduces Python's float32
  bf16,       ///< bfloat16 inputs, float accumulation
};

std::string_view to_string(Precision precision);
/// "auto", "f32", "bf16". THROWS: invalid_argument for any other name.
Precision precision_from_string(std::string_view name);

struct EncodeOptions {
  std::optional<std::string> prompt{};       ///< Put before every text; wins over prompt_name.
  std::optional<std::string> prompt_name{};  ///< A key of the model's prompts; without either, its default prompt.
  /// What the texts are for: a route of a Router, such as "query"; without effect on other models. See encode_query.
  std::optional<std::string> task{};
  bool normalize = false;   ///< Unit length.
  size_t truncate_dim = 0;  ///< Keep only the first coordinates (before normalising); 0: the model's own.
  Precision precision = Precision::automatic;
  size_t batch_tokens = 0;  ///< Tokens computed at once; 0: chosen for speed. Never changes the result.
  ProgressCallback progress{};
};

/// What the tokenizer makes of one text.
struct TokenizedText {
  std::vector<int32_t> ids{};
  std::vector<std::string> tokens{};
  bool truncated = false;  ///< the text was longer than max_seq_length
};

/// A sentence-embedding model: a list of modules (Transformer, Pooling, ...) as in Python sentence-transformers, whose
/// directories it reads and writes as they are.
///
/// Thread safety: const methods may be called from many threads. fit() and assignment may not run beside anything else.
/// Copies share parameters (they are handles).
///
/// An embedding depends on its own text only: the same bits whatever it is encoded with and whatever the thread count.
class SentenceTransformer {
 public:
  /// Loads `model`: a directory, or a Hub id ("org/name" or "org/name@revision"; a bare "name" means
  /// "sentence-transformers/name" if there is one). What the Hugging Face cache has is used as it is, without asking
  /// anybody; else it is downloaded into that cache (see pull() in hub.h). A plain Hugging Face checkpoint without
  /// modules.json gets mean pooling, and options.notice is told; model2vec's directories open without one, too.
  /// THROWS: not_found, corrupt_data, unsupported; network, access_denied; the message names the file or the model.
  explicit SentenceTransformer(const std::string& model, const LoadOptions& options = {});
  /// A model from parts, in order. THROWS: invalid_argument if they do not fit together.
  explicit SentenceTransformer(const std::vector<models::Module>& modules);

  /// One row a text, in the order given: [texts.size(), embedding_dimension()].
  /// THROWS: corrupt_data if a text is not UTF-8; invalid_argument for an unknown prompt name.
  Embeddings encode(std::span<const std::string> texts, const EncodeOptions& options = {}) const;
  Embeddings encode(std::initializer_list<std::string> texts, const EncodeOptions& options = {}) const;
  std::vector<float> encode(std::string_view text, const EncodeOptions& options = {}) const;

  /// encode() for searching: of queries, with the task "query" and the model's prompt "query" if the caller has none;
  /// and of what is searched, the same with "document". As in sentence-transformers 6, the model's default prompt does
  /// not count then: without prompts of these names there is none. The rows of both compare with each other.
  Embeddings encode_query(std::span<const std::string> texts, const EncodeOptions& options = {}) const;
  Embeddings encode_query(std::initializer_list<std::string> texts, const EncodeOptions& options = {}) const;
  std::vector<float> encode_query(std::string_view text, const EncodeOptions& options = {}) const;
  Embeddings encode_document(std::span<const std::string> texts, const EncodeOptions& options = {}) const;
  Embeddings encode_document(std::initializer_list<std::string> texts, const EncodeOptions& options = {}) const;
  std::vector<float> encode_document(std::string_view text, const EncodeOptions& options = {}) const;

  /// All pairs [a.rows, b.rows] with the model's own similarity function.
  Embeddings similarity(const Embeddings& a, const Embeddings& b) const;
  SimilarityFunction similarity_function() const;

  /// `truncate` false: the ids of the whole text. `task`: see EncodeOptions.
  TokenizedText tokenize(std::string_view text, bool truncate = true, std::string_view task = {}) const;
  /// The model's tokenizer, for pairs, offsets and decoding. THROWS: unsupported if the model has none, but looks whole
  /// words up.
  const Tokenizer& tokenizer() const;
  /// What tokenize() asks of it: max_seq_length, and whether special tokens are put around a text.
  TokenizeOptions tokenize_options() const;

  /// Trains all objectives in turn (round robin). See fit.h. THROWS: invalid_argument before anything is trained.
  FitResult fit(std::span<const Objective> objectives, const FitOptions& options);
  FitResult fit(std::initializer_list<Objective> objectives, const FitOptions& options);
  /// What such a run would take: steps, tokens, memory, time. Trains a few batches to find out, and forgets them.
  FitPlan plan_fit(std::span<const Objective> objectives, const FitOptions& options);

  /// Writes a directory that this class and Python sentence-transformers open. All files are written to a temporary
  /// directory first, so a crash leaves the old model or the new one. After fit() its README.md is a model card; where
  /// somebody wrote or changed the one that is there, that stays, and the card is called README.generated.md.
  void save(const std::filesystem::path& directory) const;

  /// Saves the model and uploads it as a commit: see push_to_hub() in hub.h for what it does and throws.
  PushResult push_to_hub(const std::string& repository, const PushOptions& options = {}) const;
  /// The same, as older programs call it.
  PushResult save_to_hub(const std::string& repository, const PushOptions& options = {}) const;

  size_t embedding_dimension() const;
  size_t max_seq_length() const;  ///< tokens of a text that are used; 0: all
  void set_max_seq_length(size_t tokens);
  const std::map<std::string, std::string>& prompts() const;
  const std::optional<std::string>& default_prompt_name() const;
  size_t truncate_dim() const;  ///< coordinates that encode() keeps unless it is told otherwise; 0: all

  // What encode() and similarity() take if they are not told otherwise; save() writes it as Python reads it.

  /// By name. "query" and "document", which encode_query() and encode_document() take, are always there: empty if they
  /// are not among these. The default prompt goes if there is none of its name any more.
  void set_prompts(std::map<std::string, std::string> prompts);
  /// Nullopt: none. THROWS: invalid_argument if there is no prompt of this name.
  void set_default_prompt_name(const std::optional<std::string>& name);
  void set_similarity_function(SimilarityFunction function);
  /// As in Python, more than there is means all of it.
  void set_truncate_dim(size_t dimensions);

  ModelImplementation& implementation() { return *implementation_; }
  const ModelImplementation& implementation() const { return *implementation_; }

 private:
  std::shared_ptr<ModelImplementation> implementation_;
};

}  // namespace sbert
