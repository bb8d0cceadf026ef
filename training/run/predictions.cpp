#include "training/run/predictions.h"

#include <charconv>
#include <set>
#include <sstream>

#include "base/write_file.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

constexpr std::size_t columns_before_labels = 2;

float parse_probability(const std::filesystem::path& path, const TextLine& line, std::string_view text) {
    float value = 0.0F;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    // Not-a-number is not within.
    const bool is_probability = value >= 0.0F && value <= 1.0F;
    if (status != std::errc() || end != text.data() + text.size() || !is_probability) {
        throw line_error(path, line.number, "'" + std::string(text) + "': expected a probability from 0 to 1");
    }
    return value;
}

}  // namespace

void write_predictions(const std::filesystem::path& path, const Predictions& predictions) {
    std::ostringstream text;
    text.precision(7);
    text << "path\tsplit";
    for (const std::string& label : predictions.labels) text << '\t' << label;
    text << '\n';
    for (std::size_t clip = 0; clip < predictions.paths.size(); ++clip) {
        text << predictions.paths[clip] << '\t' << predictions.splits[clip];
        for (const float value : predictions.probabilities.row(clip)) text << '\t' << value;
        text << '\n';
    }
    write_file(path, text.str());
}

Predictions read_predictions(const std::filesystem::path& path) {
    const std::vector<TextLine> lines = read_text_lines(path);
    const auto is_header = [](const std::string& text) { return text.starts_with("path\tsplit\t"); };
    if (lines.empty() || !is_header(lines.front().text)) {
        throw line_error(path, 1, "expected a header line 'path split LABEL...', TAB-separated");
    }
    Predictions predictions;
    const auto names = split_text(lines.front().text, '\t');
    predictions.labels.assign(names.begin() + columns_before_labels, names.end());
    predictions.probabilities = Matrix(lines.size() - 1, predictions.labels.size());
    std::set<std::string> paths;
    for (std::size_t clip = 0; clip + 1 < lines.size(); ++clip) {
        const TextLine& line = lines[clip + 1];
        const auto fields = split_text(line.text, '\t');
        if (fields.size() != names.size()) {
            throw line_error(path, line.number,
                             "expected " + std::to_string(names.size()) + " fields, as in the header");
        }
        if (!paths.insert(std::string(fields[0])).second)
            throw line_error(path, line.number, "a second line of this clip");
        predictions.paths.emplace_back(fields[0]);
        predictions.splits.emplace_back(fields[1]);
        for (std::size_t label = 0; label < predictions.labels.size(); ++label) {
            predictions.probabilities(clip, label) =
                parse_probability(path, line, fields[label + columns_before_labels]);
        }
    }
    return predictions;
}

}  // namespace earmark
