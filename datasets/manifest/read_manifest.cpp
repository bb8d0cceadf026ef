#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "datasets/manifest/dataset.h"
#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

using Fields = std::vector<std::string>;

/// Where the columns are that are read.
struct Columns {
    std::size_t count = 0;
    std::size_t path = 0;
    std::size_t split = 0;
    std::size_t tags = 0;
    std::optional<std::size_t> artist;
    std::optional<std::size_t> known;
    std::optional<std::size_t> predicted;
    std::optional<std::size_t> likely;
};

/// Where a path was first.
struct Place {
    std::filesystem::path path;
    std::size_t line = 0;
};

class ManifestReader {
public:
    explicit ManifestReader(std::filesystem::path manifest) : manifest_(std::move(manifest)) {}

    std::vector<Clip> read() {
        const auto lines = read_text_lines(manifest_);
        if (lines.empty()) throw error("is empty; expected a header line that names path, split and tags");
        columns_ = parse_header(lines.front());
        std::vector<Clip> clips;
        clips.reserve(lines.size() - 1);
        for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
            if (std::optional<Clip> clip = parse_clip(*line)) clips.push_back(std::move(*clip));
        }
        if (clips.empty()) throw error("has no clips; expected one line per clip after the header");
        return clips;
    }

private:
    // As a spreadsheet writes them, too.
    static Fields fields_of(const TextLine& line) {
        Fields fields;
        for (const std::string_view field : split_text(line.text, '\t')) fields.push_back(unquoted(field));
        return fields;
    }

    Columns parse_header(const TextLine& line) const {
        Fields names = fields_of(line);
        std::ranges::transform(names, names.begin(), trimmed);
        const auto find = [&](std::string_view name) -> std::optional<std::size_t> {
            const auto place = std::ranges::find(names, name);
            if (place == names.end()) return std::nullopt;
            if (std::find(place + 1, names.end(), name) != names.end()) {
                throw line_error(manifest_, line.number, "column '" + std::string(name) + "' occurs twice");
            }
            return place - names.begin();
        };
        const auto require = [&](std::string_view name) {
            if (const auto place = find(name)) return *place;
            const bool has_other_separator = names.size() == 1 && line.text.find_first_of(",;") != std::string::npos;
            throw line_error(
                manifest_, line.number,
                "no column '" + std::string(name) +
                    "'; expected a TAB-separated header line that names path, split and tags" +
                    (has_other_separator ? "; 'earmark dataset import table' reads other separators" : ""));
        };
        return {names.size(),   require("path"), require("split"),  require("tags"),
                find("artist"), find("known"),   find("predicted"), find("likely")};
    }

    // Nothing for an empty row of a spreadsheet.
    std::optional<Clip> parse_clip(const TextLine& line) {
        const Fields fields = fields_of(line);
        if (fields.size() != columns_.count) {
            throw line_error(manifest_, line.number,
                             "expected " + std::to_string(columns_.count) +
                                 " TAB-separated fields, as in the header; found " + std::to_string(fields.size()));
        }
        if (std::ranges::all_of(fields, &std::string::empty)) return std::nullopt;
        Clip clip;
        clip.path = checked_path(fields[columns_.path], line.number);
        clip.split = trimmed(fields[columns_.split]);
        clip.labels = parse_labels(fields[columns_.tags], line.number);
        if (columns_.artist) clip.artist = nfc(trimmed(fields[*columns_.artist]));
        if (columns_.known) clip.known = parse_known(fields[*columns_.known], line.number);
        if (columns_.predicted) clip.predicted = parse_labels(fields[*columns_.predicted], line.number);
        clip.line = line.number;
        if (columns_.likely) add_likely(clip, fields[*columns_.likely]);
        return clip;
    }

    // Spaces at the ends of a path may belong to the file's name; all else is text for people.
    std::filesystem::path checked_path(std::string_view text, std::size_t line) {
        if (trimmed(text).empty()) throw line_error(manifest_, line, "the path is empty");
        std::filesystem::path path(text);
        const std::string name = nfc(path.lexically_normal().string());
        const auto [first, is_new] = paths_.emplace(name, Place{path, line});
        if (!is_new && !are_two_files(first->second.path, path)) {
            throw line_error(manifest_, line,
                             path.string() + " is already on line " + std::to_string(first->second.line));
        }
        return path;
    }

    // Two spellings of one name (NFC and NFD) may be two files, if rarely.
    bool are_two_files(const std::filesystem::path& one, const std::filesystem::path& other) const {
        if (one.lexically_normal() == other.lexically_normal()) return false;
        const std::filesystem::path folder = manifest_.parent_path();
        std::error_code failure;
        return std::filesystem::exists(folder / one, failure) && std::filesystem::exists(folder / other, failure) &&
               !std::filesystem::equivalent(folder / one, folder / other, failure);
    }

    std::vector<std::string> parse_labels(std::string_view text, std::size_t line) const {
        if (!is_valid_utf8(text)) throw line_error(manifest_, line, not_utf8("tags"));
        std::vector<std::string> labels;
        for (const auto part : split_text(text, ',')) {
            const std::string label = nfc(trimmed(part));
            if (!label.empty() && std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
        }
        return labels;
    }

    std::optional<std::vector<std::string>> parse_known(std::string_view text, std::size_t line) const {
        auto known = parse_labels(text, line);
        if (known.empty()) return std::nullopt;
        return known;
    }

    void add_likely(Clip& clip, std::string_view text) const {
        for (const std::string& entry : parse_labels(text, clip.line)) {
            const std::size_t equals = std::min(entry.rfind('='), entry.size());
            const std::string label(trimmed(entry.substr(0, equals)));
            const auto fail = [&](const std::string& message) {
                throw line_error(manifest_, clip.line, std::string("likely: '").append(label).append("' ") + message);
            };
            const std::optional<float> probability = probability_of(entry.substr(std::min(equals + 1, entry.size())));
            if (!probability) fail("has no probability; expected LABEL=P with P from 0 to 1");
            if (knows(clip, label)) fail("is known; expected a label that is neither in tags nor in known");
            if (!clip.likely.emplace(label, *probability).second) fail("is there twice");
        }
    }

    static std::optional<float> probability_of(std::string_view text) {
        float value = 0.0F;
        const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
        return value >= 0.0F && value <= 1.0F ? std::optional(value) : std::nullopt;
    }

    Error error(const std::string& message) const {
        return {ErrorCode::invalid_dataset, manifest_.string() + ": " + message};
    }

    std::filesystem::path manifest_;
    Columns columns_;
    std::map<std::string, Place> paths_;  ///< by their names in NFC
};

}  // namespace

Dataset read_manifest(const std::filesystem::path& folder) {
    std::error_code failure;
    const auto type = std::filesystem::status(folder, failure).type();
    if (type == std::filesystem::file_type::not_found)
        throw Error(ErrorCode::not_found, folder.string() + ": no such folder");
    if (type == std::filesystem::file_type::regular) {
        throw Error(ErrorCode::not_found,
                    folder.string() + ": is a file; expected a data set, which is a folder with manifest.tsv");
    }
    const auto manifest = folder / "manifest.tsv";
    if (std::filesystem::status(manifest, failure).type() == std::filesystem::file_type::not_found) {
        throw Error(ErrorCode::not_found, folder.string() +
                                              ": has no manifest.tsv; expected a data set; 'earmark dataset import' "
                                              "makes one of folders of music, tables and published lists");
    }
    return {folder, manifest, ManifestReader(manifest).read()};
}

}  // namespace earmark
