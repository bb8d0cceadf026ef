#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string_view>

#include "base/write_file.h"
#include "datasets/manifest/dataset.h"
#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::string without(std::string text, std::string_view characters) {
    std::ranges::replace_if(
        text, [&](char character) { return characters.find(character) != std::string_view::npos; }, ' ');
    return text;
}

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += (text.empty() ? "" : ",") + label_spelling(label);
    return quoted_if_needed(text);
}

std::string joined(const std::map<std::string, float>& likely) {
    std::vector<std::string> entries;
    for (const auto& [label, probability] : likely) {
        std::array<char, 32> number{};
        const auto end = std::to_chars(number.begin(), number.end(), probability).ptr;
        entries.push_back(label + "=" + std::string(number.begin(), end));
    }
    return joined(entries);
}

}  // namespace

std::string label_spelling(std::string_view label) {
    std::string spelling;
    while (!label.empty()) {
        const std::size_t end = std::min(label.find_first_of(",\t\r\n"), label.size());
        const std::string_view part = trimmed(label.substr(0, end));
        if (!part.empty()) spelling.append(spelling.empty() ? "" : " ").append(part);
        label.remove_prefix(std::min(end + 1, label.size()));
    }
    return nfc(spelling);
}

bool fits_manifest(const std::filesystem::path& path) {
    return path.string().find_first_of("\t\n") == std::string::npos;
}

std::string manifest_text(const std::vector<Clip>& clips) {
    const bool has_known = std::ranges::any_of(clips, [](const Clip& clip) { return clip.known.has_value(); });
    const bool has_predicted = std::ranges::any_of(clips, [](const Clip& clip) { return !clip.predicted.empty(); });
    const bool has_likely = std::ranges::any_of(clips, [](const Clip& clip) { return !clip.likely.empty(); });
    std::string text = "path\tsplit\ttags\tartist";
    text.append(has_known ? "\tknown" : "").append(has_predicted ? "\tpredicted" : "");
    text.append(has_likely ? "\tlikely\n" : "\n");
    for (const Clip& clip : clips) {
        if (!fits_manifest(clip.path)) {
            throw Error(ErrorCode::invalid_dataset,
                        clip.path.string() + ": the name has a TAB or line end, which a manifest cannot hold");
        }
        text += quoted_if_needed(clip.path.string()) + "\t" + quoted_if_needed(without(clip.split, "\t\r\n")) + "\t" +
                joined(clip.labels) + "\t" + quoted_if_needed(without(clip.artist, "\t\r\n"));
        if (has_known) text += "\t" + (clip.known ? joined(*clip.known) : "");
        if (has_predicted) text += "\t" + joined(clip.predicted);
        if (has_likely) text += "\t" + joined(clip.likely);
        text += "\n";
    }
    return text;
}

void write_manifest(const std::filesystem::path& folder, const std::vector<Clip>& clips) {
    write_file(folder / "manifest.tsv", manifest_text(clips));
}

}  // namespace earmark
