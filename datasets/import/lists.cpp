#include "datasets/import/lists.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <utility>

namespace earmark {
namespace {

constexpr std::pair<std::string_view, std::string_view> words_of_splits[] = {
    {"train", "train"}, {"training", "train"},    {"valid", "valid"}, {"validation", "valid"}, {"val", "valid"},
    {"dev", "valid"},   {"development", "valid"}, {"test", "test"},   {"testing", "test"}};

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return lower;
}

std::vector<std::string> words_of(const std::string& name) {
    std::vector<std::string> words(1);
    for (const unsigned char character : name) {
        if (std::isalpha(character) != 0)
            words.back().push_back(static_cast<char>(character));
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

std::vector<std::filesystem::path> lists_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code failure;
    for (std::filesystem::directory_iterator entry(folder, failure), end; !failure && entry != end;
         entry.increment(failure)) {
        const auto& path = entry->path();
        const bool is_list = path.extension() == ".txt" || path.extension() == ".tsv";
        if (is_list && !split_of_name(path).empty()) found.push_back(path);
    }
    if (failure) throw Error(ErrorCode::unreadable, folder.string() + ": cannot be read: " + failure.message());
    std::ranges::sort(found);
    return found;
}

void add(std::map<std::string, std::filesystem::path>& lists, const std::filesystem::path& path) {
    const std::string split = split_of_name(path);
    if (split.empty()) {
        throw Error(
            ErrorCode::invalid_dataset,
            path.string() + ": expected one of the words train, valid, validation, val, test in the name of a list");
    }
    const auto [other, is_new] = lists.emplace(split, path);
    if (!is_new) {
        throw Error(ErrorCode::invalid_dataset, path.string() + ": a second list for " + split + ", besides " +
                                                    other->second.string() + "; expected one list per split");
    }
}

}  // namespace

std::string split_of_word(std::string_view word) {
    const auto place =
        std::ranges::find(words_of_splits, lower_case(word), [](const auto& pair) { return pair.first; });
    return place == std::end(words_of_splits) ? "" : std::string(place->second);
}

std::string split_of_name(const std::filesystem::path& path) {
    std::string split;
    for (const std::string& word : words_of(path.stem().string())) {
        const std::string meant = split_of_word(word);
        if (meant.empty() || meant == split) continue;
        if (!split.empty()) return "";
        split = meant;
    }
    return split;
}

std::vector<SplitList> split_lists(const std::vector<std::filesystem::path>& sources) {
    std::map<std::string, std::filesystem::path> by_split;
    for (const auto& source : sources) {
        if (!std::filesystem::is_directory(source)) {
            add(by_split, source);
            continue;
        }
        const auto found = lists_in(source);
        if (found.empty()) {
            throw Error(ErrorCode::not_found,
                        source.string() +
                            ": no lists in this folder; expected .txt or .tsv files named after train, "
                            "valid or test");
        }
        for (const auto& path : found) add(by_split, path);
    }
    std::vector<SplitList> lists;
    for (const std::string split : {"train", "valid", "test"}) {
        if (const auto place = by_split.find(split); place != by_split.end()) lists.push_back({split, place->second});
    }
    return lists;
}

bool has_lists(const std::filesystem::path& folder) { return !lists_in(folder).empty(); }

void for_each_line(const std::vector<SplitList>& lists, std::string_view header, const UseListLine& use) {
    std::map<std::string, std::string, std::less<>> places;
    for (const SplitList& list : lists) {
        auto lines = read_text_lines(list.path);
        if (!header.empty() && !lines.empty() && trimmed(split_text(lines.front().text, '\t').front()) == header) {
            lines.erase(lines.begin());
        }
        if (lines.empty()) {
            throw Error(ErrorCode::invalid_dataset, list.path.string() + ": has no clips; expected one line per clip");
        }
        for (const TextLine& line : lines) {
            const auto fields = split_text(line.text, '\t');
            const std::string name(trimmed(fields.front()));
            if (name.empty()) throw line_error(list.path, line.number, "begins with an empty field");
            const auto [first, is_new] = places.emplace(std::filesystem::path(name).lexically_normal().string(),
                                                        list.path.string() + ":" + std::to_string(line.number));
            if (!is_new) throw line_error(list.path, line.number, name + " is already in " + first->second);
            use(list, line, fields);
        }
    }
}

void require_track_id(std::string_view id, const std::filesystem::path& list, std::size_t line) {
    constexpr std::string_view example = "TRAAAAW128F429D538";
    constexpr std::size_t first_digit = 7;
    const auto has_form = [&](std::size_t place) {
        const char character = id[place];
        if (place < 2) return character == example[place];
        if (place < first_digit) return character >= 'A' && character <= 'Z';
        return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'F');
    };
    bool is_id = id.size() == example.size();
    for (std::size_t place = 0; is_id && place < id.size(); ++place) is_id = has_form(place);
    if (is_id) return;
    throw line_error(list, line,
                     "expected the id of a track of the Million Song Dataset such as " + std::string(example) +
                         ", found '" + std::string(id) + "'");
}

std::vector<std::string> listed_words(std::string_view text, char separator) {
    std::vector<std::string> words;
    for (const auto part : split_text(text, separator)) {
        if (const std::string word(trimmed(part)); !word.empty() && std::ranges::find(words, word) == words.end()) {
            words.push_back(word);
        }
    }
    return words;
}

}  // namespace earmark
