#include "datasets/manifest/copies.h"

#include <charconv>
#include <map>

#include "base/write_file.h"
#include "datasets/text/text_lines.h"

namespace earmark {
namespace {

constexpr char header[] = "group\tpath";

std::size_t group_number(const std::filesystem::path& path, const TextLine& line, std::string_view text) {
    std::size_t number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (status == std::errc() && end == text.data() + text.size() && number > 0) return number;
    throw line_error(path, line.number, "'" + std::string(text) + "': expected the number of a group, from 1 on");
}

}  // namespace

void mark_copies(Dataset& dataset, const std::vector<std::vector<std::size_t>>& groups) {
    for (Clip& clip : dataset.clips) clip.copies = 0;
    for (std::size_t group = 0; group < groups.size(); ++group) {
        for (const std::size_t clip : groups[group]) dataset.clips[clip].copies = group + 1;
    }
}

std::vector<std::vector<std::size_t>> copies_in(const Dataset& dataset) {
    std::map<std::size_t, std::size_t> places;
    std::vector<std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) {
        if (dataset.clips[i].copies == 0) continue;
        const std::size_t place = places.emplace(dataset.clips[i].copies, groups.size()).first->second;
        if (place == groups.size()) groups.emplace_back();
        groups[place].push_back(i);
    }
    return groups;
}

void write_copies(const std::filesystem::path& path, const Dataset& dataset) {
    std::string text = std::string(header) + "\n";
    std::size_t number = 0;
    for (const std::vector<std::size_t>& group : copies_in(dataset)) {
        ++number;
        for (const std::size_t clip : group)
            text += std::to_string(number) + "\t" + dataset.clips[clip].path.string() + "\n";
    }
    write_file(path, text);
}

void read_copies(const std::filesystem::path& path, Dataset& dataset) {
    const std::vector<TextLine> lines = read_text_lines(path);
    if (lines.empty() || lines.front().text != header)
        throw line_error(path, 1, "expected a header line 'group path', TAB-separated");
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) places[dataset.clips[i].path.string()] = i;
    for (Clip& clip : dataset.clips) clip.copies = 0;
    for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
        const auto fields = split_text(line->text, '\t');
        if (fields.size() != 2) throw line_error(path, line->number, "expected a group and a path");
        const auto place = places.find(std::string(fields[1]));
        if (place == places.end())
            throw line_error(path, line->number, "'" + std::string(fields[1]) + "': expected a clip of the data set");
        dataset.clips[place->second].copies = group_number(path, *line, fields[0]);
    }
}

}  // namespace earmark
