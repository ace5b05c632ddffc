#include <array>

#include "cli/command.h"

namespace sbert::cli {

std::span<const Command* const> commands() {
  static constexpr std::array kCommands{&kEncode,  &kSimilarity, &kMine, &kTokenize, &kInfo,
                                        &kConvert, &kTrain,      &kEval, &kPull};
  return kCommands;
}

}  // namespace sbert::cli
