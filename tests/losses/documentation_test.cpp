#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "losses/loss.h"
#include "losses/registry.h"
#include "support/goldens.h"
#include "support/loss_options.h"

namespace sbert {
namespace {

/// The rows of the tables of docs/losses.md, by the loss they are about.
std::map<std::string, std::string> documented_losses() {
  std::ifstream file(test::goldens_directory() / "../../docs/losses.md");
  std::map<std::string, std::string> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) rows[line.substr(3, line.find('`', 3) - 3)] = line;
  }
  return rows;
}

TEST(LossDocumentation, HasEveryLossWithItsOptions) {
  const SentenceTransformer model(test::engine_golden("model").string());
  auto rows = documented_losses();
  for (const std::string& name : losses::loss_names()) {
    ASSERT_TRUE(rows.contains(name)) << name << " has no row in docs/losses.md";
    const losses::Loss loss = losses::make_loss(name, test::needed_options(name), model);
    const OrderedJson config = loss.implementation()->config();
    for (const auto& [option, value] : config.items()) {
      if (option == "loss_fct") continue;  // of CosineSimilarityLoss: Python's only
      EXPECT_NE(rows[name].find("`" + option + "`"), std::string::npos) << name << ": " << option;
    }
    rows.erase(name);
  }
  for (const auto& [name, row] : rows)
    ADD_FAILURE() << "docs/losses.md has " << name << ", which does not exist";
}

}  // namespace
}  // namespace sbert
