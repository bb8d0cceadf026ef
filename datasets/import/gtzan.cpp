#include <algorithm>

#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

namespace earmark {
namespace {

// "blues.00029.wav" or the like, with another ending or none.
bool is_track(const std::string& name) {
    const auto parts = split_text(name, '.');
    const auto is_digit = [](char character) { return character >= '0' && character <= '9'; };
    return (parts.size() == 2 || parts.size() == 3) && !parts[0].empty() && parts[1].size() == 5 &&
           std::ranges::all_of(parts[1], is_digit);
}

}  // namespace

Imported import_gtzan(const std::vector<std::filesystem::path>& lists) {
    Imported imported;
    for_each_line(split_lists(lists), "", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        ListedClip listed;
        listed.clip.path = std::string(trimmed(fields[0]));
        listed.clip.split = list.split;
        const std::string name = listed.clip.path.filename().string();
        if (fields.size() != 1 || !is_track(name)) {
            throw line_error(list.path, line.number, "expected genre/genre.NNNNN.wav, found '" + line.text + "'");
        }
        listed.clip.labels = {label_in_category("genre", name.substr(0, name.find('.')))};
        if (name.starts_with("jazz.00054.")) {
            imported.notes.push_back(name + " is damaged in a widespread copy of the data set");
        }
        imported.clips.push_back(std::move(listed));
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
