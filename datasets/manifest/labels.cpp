#include <algorithm>
#include <cctype>
#include <limits>
#include <map>

#include "datasets/manifest/dataset.h"
#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

constexpr float least_likely = 0.001F;

// Whether a list of labels and categories has a label.
bool covers(const std::vector<std::string>& list, const std::string& label) {
    const std::string category = label.substr(0, std::min(label.find("---"), label.size()));
    return std::ranges::any_of(list, [&](const std::string& entry) { return entry == label || entry == category; });
}

}  // namespace

std::vector<std::string> read_labels(const std::filesystem::path& path) {
    std::vector<std::string> labels;
    std::map<std::string, std::size_t> lines_of_labels;
    for (const TextLine& line : read_text_lines(path)) {
        const std::string label = nfc(trimmed(unquoted(line.text)));
        if (!is_valid_utf8(label)) throw line_error(path, line.number, not_utf8("tags"));
        const auto [first, is_new] = lines_of_labels.emplace(label, line.number);
        if (!is_new) {
            throw line_error(path, line.number, "'" + label + "' is already on line " + std::to_string(first->second));
        }
        labels.push_back(label);
    }
    if (labels.empty()) {
        throw Error(ErrorCode::invalid_dataset, path.string() + ": has no labels; expected one per line");
    }
    return labels;
}

std::string plain_name(std::string_view label) {
    if (const auto place = label.find("---"); place != std::string_view::npos) label.remove_prefix(place + 3);
    std::string name;
    for (const unsigned char letter : nfc(label)) {
        if (letter != ' ' && letter != '-' && letter != '_') name.push_back(static_cast<char>(std::tolower(letter)));
    }
    return name;
}

std::string some_of(const std::vector<std::string>& labels, std::size_t most) {
    std::string text = labels.front();
    for (std::size_t i = 1; i < std::min(labels.size(), most); ++i) text += ", " + labels[i];
    return labels.size() > most ? text + " and " + std::to_string(labels.size() - most) + " more" : text;
}

std::vector<std::string> labels_by_frequency(const Dataset& dataset, const std::string& split) {
    std::map<std::string, std::size_t> counts;
    for (const Clip& clip : dataset.clips) {
        if (clip.split != split) continue;
        for (const std::string& label : clip.labels) ++counts[label];
    }
    std::vector<std::string> labels;
    labels.reserve(counts.size());
    for (const auto& [label, count] : counts) labels.push_back(label);
    // The map is in alphabetical order, which a stable sort keeps among equals.
    std::ranges::stable_sort(labels, [&](const auto& a, const auto& b) { return counts.at(a) > counts.at(b); });
    return labels;
}

std::vector<float> targets(const Clip& clip, const std::vector<std::string>& labels) {
    std::vector<float> values(labels.size());
    std::ranges::transform(labels, values.begin(), [&](const std::string& label) {
        if (std::ranges::find(clip.labels, label) != clip.labels.end()) return 1.0F;
        if (const auto found = clip.likely.find(label); found != clip.likely.end())
            return std::clamp(found->second, least_likely, 1.0F - least_likely);
        return knows(clip, label) ? 0.0F : std::numeric_limits<float>::quiet_NaN();
    });
    return values;
}

std::vector<float> annotated_targets(const Clip& clip, const std::vector<std::string>& labels) {
    std::vector<float> values = targets(clip, labels);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!knows(clip, labels[i]) || covers(clip.predicted, labels[i]))
            values[i] = std::numeric_limits<float>::quiet_NaN();
    }
    return values;
}

bool knows(const Clip& clip, const std::string& label) {
    if (!clip.known || std::ranges::find(clip.labels, label) != clip.labels.end()) return true;
    return covers(*clip.known, label);
}

}  // namespace earmark
