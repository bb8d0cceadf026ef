#include "training/features/external_embeddings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "datasets/text/text_lines.h"
#include "datasets/text/unicode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::vector<float> parse_numbers(const std::filesystem::path& path, const TextLine& line,
                                 std::span<const std::string_view> fields) {
    std::vector<float> numbers;
    for (const std::string_view field : fields) {
        const std::string_view text = trimmed(field);
        float number = 0.0F;
        const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(number)) {
            throw line_error(path, line.number, "'" + std::string(text) + "': expected a number");
        }
        numbers.push_back(number);
    }
    return numbers;
}

}  // namespace

Matrix read_external_embeddings(const std::filesystem::path& path, const std::vector<TrainingClip>& clips) {
    std::map<std::string, std::vector<float>, std::less<>> vectors;
    std::size_t column_count = 0;
    for (const TextLine& line : read_text_lines(path)) {
        const auto fields = split_text(line.text, '\t');
        if (column_count == 0) column_count = fields.size() - 1;
        if (column_count == 0 || fields.size() != column_count + 1) {
            throw line_error(path, line.number,
                             "expected a path and " + std::to_string(std::max<std::size_t>(column_count, 1)) +
                                 " numbers, TAB-separated");
        }
        vectors[nfc(unquoted(fields.front()))] = parse_numbers(path, line, std::span(fields).subspan(1));
    }
    Matrix features(clips.size(), column_count);
    for (std::size_t clip = 0; clip < clips.size(); ++clip) {
        const auto found = vectors.find(nfc(clips[clip].path));
        if (found == vectors.end()) {
            throw Error(ErrorCode::invalid_dataset, path.string() + ": expected a line for " + clips[clip].path);
        }
        std::ranges::copy(found->second, features.row(clip).begin());
    }
    return features;
}

}  // namespace earmark
