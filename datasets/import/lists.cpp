#include "datasets/import/lists.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <utility>

namespace earmark {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> words_of_splits{
    {{"train", "train"}, {"valid", "valid"}, {"validation", "valid"}, {"val", "valid"}, {"test", "test"}}};

std::vector<std::string> words_of(const std::string& name) {
    std::vector<std::string> words(1);
    for (const unsigned char character : name) {
        if (std::isalpha(character) != 0)
            words.back().push_back(static_cast<char>(std::tolower(character)));
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
        throw Error(ErrorCode::invalid_dataset, path.string() + ": another list for " + split + ": " +
                                                    other->second.string() + "; name the files of one split");
    }
}

}  // namespace

std::string split_of_name(const std::filesystem::path& path) {
    std::string split;
    for (const std::string& word : words_of(path.stem().string())) {
        const auto place = std::ranges::find(words_of_splits, word, [](const auto& pair) { return pair.first; });
        if (place == words_of_splits.end() || place->second == split) continue;
        if (!split.empty()) return "";
        split = place->second;
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
                            ": no lists in this folder, expected .txt or .tsv files named after train, "
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

void for_each_line(const std::vector<SplitList>& lists, std::string_view header, const UseListLine& use) {
    std::map<std::string, std::string, std::less<>> places;
    for (const SplitList& list : lists) {
        const auto lines = read_text_lines(list.path);
        for (const TextLine& line : lines) {
            const auto fields = split_text(line.text, '\t');
            const std::string name(trimmed(fields.front()));
            if (&line == lines.data() && name == header) continue;
            if (name.empty()) throw line_error(list.path, line.number, "begins with an empty field");
            const auto [first, is_new] = places.emplace(name, list.path.string() + ":" + std::to_string(line.number));
            if (!is_new) throw line_error(list.path, line.number, name + " is already in " + first->second);
            use(list, line, fields);
        }
    }
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
