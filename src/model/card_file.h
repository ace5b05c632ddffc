#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sbert {

/// What a card is called beside a README.md that is kept.
inline constexpr const char* kCardBeside = "README.generated.md";

/// A model card with a last line that tells later ones that nobody changed it.
std::string sealed_card(std::string_view text);

/// README.md of a model's directory; empty if there is none, or none that anybody could read.
std::string read_card(const std::filesystem::path& directory);

/// Writes a card into `fresh`, which will take the place of the directory `target`. A README.md there that somebody
/// wrote, or changed, is kept: then the card is called kCardBeside.
void write_card(const std::string& card, const std::filesystem::path& fresh, const std::filesystem::path& target);

}  // namespace sbert
