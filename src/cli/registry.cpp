#include <array>

#include "cli/command.h"

namespace sbert::cli {

std::span<const Command* const> commands() {
  static constexpr std::array kCommands{&kEncode, &kSimilarity, &kMine, &kTokenize, &kInfo,   &kConvert, &kTrain,
                                        &kEval,   &kPull,       &kPush, &kLogin,    &kLogout, &kWhoami};
  return kCommands;
}

}  // namespace sbert::cli
