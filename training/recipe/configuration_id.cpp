#include "training/recipe/configuration_id.h"

#include <algorithm>
#include <array>
#include <utility>

namespace earmark {
namespace {

using Kind = ConfigurationKind;

constexpr std::array<std::pair<Kind, std::string_view>, 7> kind_names{{{Kind::local_model, "local_model"},
                                                                       {Kind::mel_statistics, "mel_statistics"},
                                                                       {Kind::mfcc_statistics, "mfcc_statistics"},
                                                                       {Kind::external, "external"},
                                                                       {Kind::one_level, "one_level"},
                                                                       {Kind::last_level, "last_level"},
                                                                       {Kind::all_levels, "all_levels"}}};

// "18, 27 and 54 frames"
std::string scales_text(const std::vector<int>& scales) {
    if (scales.empty()) return "all scales";
    std::string text;
    for (std::size_t i = 0; i < scales.size(); ++i) {
        const bool is_last = i + 1 == scales.size();
        text += (i == 0 ? "" : is_last ? " and " : ", ") + std::to_string(scales[i]);
    }
    return text + " frames";
}

std::string local_model_text(const std::vector<int>& scales) {
    return (scales.size() == 1 ? "local model, " : "local models, mean of ") + scales_text(scales);
}

// "scale-18", "scales-18-27" or "all-scales"
std::string scales_file_name(const std::vector<int>& scales) {
    if (scales.empty()) return "all-scales";
    std::string text = scales.size() == 1 ? "scale" : "scales";
    for (const int scale : scales) text += "-" + std::to_string(scale);
    return text;
}

// What is not a letter or a digit as '_' and two hexadecimal digits, so that no two names become one.
std::string escaped(const std::string& name) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (const char character : name) {
        const auto byte = static_cast<unsigned char>(character);
        const bool is_plain =
            (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '-';
        if (is_plain)
            text += character;
        else
            text += {'_', digits[byte >> 4U], digits[byte & 0xFU]};
    }
    return text;
}

}  // namespace

ConfigurationId baseline_id(Kind kind) { return {kind, 0, {}, {}}; }
ConfigurationId local_model_id(std::vector<int> scales) { return {Kind::local_model, 0, std::move(scales), {}}; }
ConfigurationId last_level_id(std::vector<int> scales) { return {Kind::last_level, 0, std::move(scales), {}}; }
ConfigurationId all_levels_id(std::vector<int> scales) { return {Kind::all_levels, 0, std::move(scales), {}}; }
ConfigurationId one_level_id(int level, int scale) { return {Kind::one_level, level, {scale}, {}}; }
ConfigurationId external_id(std::string name) { return {Kind::external, 0, {}, std::move(name)}; }

bool has_levels(const ConfigurationId& id) {
    return id.kind == Kind::one_level || id.kind == Kind::last_level || id.kind == Kind::all_levels;
}

std::optional<int> single_scale(const ConfigurationId& id) {
    return id.scales.size() == 1 ? std::optional(id.scales.front()) : std::nullopt;
}

std::string to_string(const ConfigurationId& id) {
    switch (id.kind) {
        case Kind::local_model: return local_model_text(id.scales);
        case Kind::mel_statistics: return "mel mean and deviation";
        case Kind::mfcc_statistics: return "MFCC statistics, logistic regression";
        case Kind::external: return id.name;
        case Kind::one_level: return "level " + std::to_string(id.level) + ", " + scales_text(id.scales);
        case Kind::last_level: return "last level, " + scales_text(id.scales);
        case Kind::all_levels: return "all levels, " + scales_text(id.scales);
    }
    return {};
}

std::string file_name(const ConfigurationId& id) {
    switch (id.kind) {
        case Kind::local_model: return "local-model-" + scales_file_name(id.scales);
        case Kind::mel_statistics: return "mel-statistics";
        case Kind::mfcc_statistics: return "mfcc-statistics";
        case Kind::external: return "external-" + escaped(id.name);
        case Kind::one_level: return "level-" + std::to_string(id.level) + "-" + scales_file_name(id.scales);
        case Kind::last_level: return "last-level-" + scales_file_name(id.scales);
        case Kind::all_levels: return "all-levels-" + scales_file_name(id.scales);
    }
    return {};
}

std::string_view kind_name(ConfigurationKind kind) {
    return std::ranges::find(kind_names, kind, &std::pair<Kind, std::string_view>::first)->second;
}

std::optional<ConfigurationKind> kind_of_name(std::string_view name) {
    const auto* const found = std::ranges::find(kind_names, name, &std::pair<Kind, std::string_view>::second);
    return found == kind_names.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace earmark
