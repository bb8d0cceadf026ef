#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "datasets/manifest/dataset.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

using Fields = std::vector<std::string_view>;

/// Where the columns are that are read.
struct Columns {
    std::size_t count = 0;
    std::size_t path = 0;
    std::size_t split = 0;
    std::size_t tags = 0;
    std::optional<std::size_t> artist;
    std::optional<std::size_t> known;
};

class ManifestReader {
public:
    explicit ManifestReader(std::filesystem::path manifest) : manifest_(std::move(manifest)) {}

    std::vector<Clip> read() {
        const auto lines = read_text_lines(manifest_);
        if (lines.empty()) throw error("is empty; expected a header line that names path, split and tags");
        columns_ = parse_header(lines.front());
        if (lines.size() == 1) throw error("has no clips; expected one line per clip after the header");
        std::vector<Clip> clips;
        clips.reserve(lines.size() - 1);
        for (auto line = lines.begin() + 1; line != lines.end(); ++line) clips.push_back(parse_clip(*line));
        return clips;
    }

private:
    Columns parse_header(const TextLine& line) const {
        Fields names = split_text(line.text, '\t');
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
            throw line_error(manifest_, line.number,
                             "no column '" + std::string(name) +
                                 "'; expected a TAB-separated header line that names path, split and tags");
        };
        return {names.size(), require("path"), require("split"), require("tags"), find("artist"), find("known")};
    }

    Clip parse_clip(const TextLine& line) {
        const Fields fields = split_text(line.text, '\t');
        if (fields.size() != columns_.count) {
            throw line_error(manifest_, line.number,
                             "expected " + std::to_string(columns_.count) +
                                 " TAB-separated fields, as in the header; found " + std::to_string(fields.size()));
        }
        Clip clip;
        clip.path = checked_path(fields[columns_.path], line.number);
        clip.split = trimmed(fields[columns_.split]);
        clip.labels = parse_labels(fields[columns_.tags]);
        if (columns_.artist) clip.artist = trimmed(fields[*columns_.artist]);
        if (columns_.known) clip.known = parse_known(fields[*columns_.known]);
        clip.line = line.number;
        return clip;
    }

    // Spaces at the ends of a path may belong to the file's name; all else is text for people.
    std::filesystem::path checked_path(std::string_view text, std::size_t line) {
        if (trimmed(text).empty()) throw line_error(manifest_, line, "the path is empty");
        std::filesystem::path path(text);
        const auto [first, is_new] = lines_of_paths_.emplace(path.lexically_normal(), line);
        if (!is_new) {
            throw line_error(manifest_, line, path.string() + " is already on line " + std::to_string(first->second));
        }
        return path;
    }

    static std::vector<std::string> parse_labels(std::string_view text) {
        std::vector<std::string> labels;
        for (const auto part : split_text(text, ',')) {
            const std::string label(trimmed(part));
            if (!label.empty() && std::ranges::find(labels, label) == labels.end()) labels.push_back(label);
        }
        return labels;
    }

    static std::optional<std::vector<std::string>> parse_known(std::string_view text) {
        auto known = parse_labels(text);
        if (known.empty()) return std::nullopt;
        return known;
    }

    Error error(const std::string& message) const {
        return {ErrorCode::invalid_dataset, manifest_.string() + ": " + message};
    }

    std::filesystem::path manifest_;
    Columns columns_;
    std::map<std::filesystem::path, std::size_t> lines_of_paths_;
};

}  // namespace

Dataset read_manifest(const std::filesystem::path& folder) {
    std::error_code failure;
    if (std::filesystem::status(folder, failure).type() == std::filesystem::file_type::not_found) {
        throw Error(ErrorCode::not_found, folder.string() + ": no such folder");
    }
    const auto manifest = folder / "manifest.tsv";
    return {folder, manifest, ManifestReader(manifest).read()};
}

}  // namespace earmark
