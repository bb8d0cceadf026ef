#include "apps/common/option_checks.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <sstream>

#include "base/similar_word.h"
#include "earmark/audio_files.h"

namespace earmark {
namespace {

template <typename Number>
std::optional<Number> number_from(const std::string& text) {
    Number number{};
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || rest != end) return std::nullopt;
    return number;
}

std::string text_of(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

std::string found(const std::string& text) { return ", found '" + text + "'"; }

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i)
        list += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
    return list;
}

CLI::Validator one_of(std::vector<std::string> words) {
    const std::string description = "{" + joined(words) + "}";  // as CLI::IsMember has it
    return {[words = std::move(words)](const std::string& text) -> std::string {
                if (std::ranges::find(words, text) != words.end()) return "";
                return "expected " + listed(words) + found(text) + did_you_mean(text, words);
            },
            description};
}

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
    const bool has_most = most != std::numeric_limits<std::uint64_t>::max();
    const std::string range = has_most ? " from " + std::to_string(least) + " to " + std::to_string(most)
                                       : " of at least " + std::to_string(least);
    return {[least, most, range](const std::string& text) -> std::string {
                const auto value = number_from<std::uint64_t>(text);
                return value && least <= *value && *value <= most ? ""
                                                                  : "expected a whole number" + range + found(text);
            },
            ""};
}

CLI::Validator number(double least, double most) {
    const std::string range =
        std::isinf(most) ? " of at least " + text_of(least) : " from " + text_of(least) + " to " + text_of(most);
    return {[least, most, range](const std::string& text) -> std::string {
                const auto value = number_from<double>(text.starts_with('+') ? text.substr(1) : text);
                return value && std::isfinite(*value) && least <= *value && *value <= most
                           ? ""
                           : "expected a number" + range + found(text);
            },
            ""};
}

CLI::Validator no_audio_file() {
    return {[](const std::string& text) -> std::string {
                return has_audio_ending(text) ? "expected a name without the ending of an audio file" + found(text)
                                              : "";
            },
            ""};
}

}  // namespace earmark
