#include "losses/loss.h"

#include "base/fail.h"

namespace sbert::losses {

Embeddings LossFunction::classify(const std::vector<Embeddings>& /*columns*/) const {
  fail(ErrorCode::invalid_argument, name(), " learns no classifier");
}

}  // namespace sbert::losses
