#include "datasets/import/import.h"
#include "datasets/import/lists.h"
#include "datasets/import/tag_category.h"

namespace earmark {

Imported import_gtzan(const std::vector<std::filesystem::path>& lists) {
    Imported imported;
    for_each_line(split_lists(lists), "", [&](const SplitList& list, const TextLine& line, const auto& fields) {
        ListedClip listed;
        listed.clip.path = std::string(trimmed(fields[0]));
        listed.clip.split = list.split;
        const std::string name = listed.clip.path.filename().string();
        const auto end_of_genre = name.find('.');
        if (fields.size() != 1 || end_of_genre == std::string::npos || end_of_genre == 0) {
            throw line_error(list.path, line.number, "expected genre/genre.NNNNN.wav, found '" + line.text + "'");
        }
        listed.clip.labels = {label_in_category("genre", name.substr(0, end_of_genre))};
        if (name.starts_with("jazz.00054.")) {
            imported.notes.push_back(name + " is damaged in a widespread copy of the data set");
        }
        imported.clips.push_back(std::move(listed));
    });
    imported.tags = labels_by_frequency(imported.clips);
    return imported;
}

}  // namespace earmark
