#include <array>
#include <cstdint>

#include "apps/common/column_name.h"
#include "apps/common/csv_field.h"
#include "apps/common/numbers.h"
#include "apps/embed/numpy_archive.h"
#include "apps/embed/numpy_array.h"
#include "apps/taggram/taggram_file.h"

namespace earmark {
namespace {

constexpr std::array<std::string_view, 2> time_columns{"start_s", "end_s"};

// Those of ten hours are some 15 MB: they are in memory here and as the bytes of an array, and not more often.
std::string probabilities_of(const TaggramFile& file) {
    const std::size_t window_count = file.taggram.windows.size();
    std::vector<float> values;
    values.reserve(window_count * file.tags.size());
    for (std::size_t window = 0; window < window_count; ++window)
        for (const TaggramTag& tag : file.tags) values.push_back(file.taggram.probabilities(window, tag.tag_index));
    return npy(values, {window_count, file.tags.size()});
}

void add_windows(const TaggramFile& file, std::vector<NamedArray>& arrays) {
    const std::size_t count = file.taggram.windows.size();
    std::vector<double> start_s(count);
    std::vector<double> end_s(count);
    std::vector<std::uint8_t> audible(count);
    for (std::size_t window = 0; window < count; ++window) {
        start_s[window] = file.taggram.windows[window].start_s;
        end_s[window] = file.taggram.windows[window].end_s;
        audible[window] = file.taggram.windows[window].is_audible ? 1 : 0;
    }
    arrays.push_back({"start_s", npy(start_s, {count})});
    arrays.push_back({"end_s", npy(end_s, {count})});
    arrays.push_back({"audible", npy(audible, {count})});
    arrays.push_back({"probability", probabilities_of(file)});
}

void add_tags(const TaggramFile& file, std::vector<NamedArray>& arrays) {
    const std::size_t count = file.tags.size();
    std::vector<std::string> names(count);
    std::vector<std::string> categories(count);
    std::vector<float> thresholds(count);
    std::vector<float> of_clip(count);
    for (std::size_t i = 0; i < count; ++i) {
        const Tag& description = file.description(file.tags[i]);
        names[i] = description.name;
        categories[i] = category_name(description.category);
        thresholds[i] = description.threshold;
        of_clip[i] = file.clip.probabilities[file.tags[i].tag_index];
    }
    arrays.push_back({"tag", npy(names)});
    arrays.push_back({"category", npy(categories)});
    arrays.push_back({"threshold", npy(thresholds, {count})});
    arrays.push_back({"clip_probability", npy(of_clip, {count})});
}

}  // namespace

void taggram_csv(const TaggramFile& file, const TextSink& sink) {
    std::string head = "start_s,end_s";
    for (const TaggramTag& tag : file.tags)
        head += ',' + csv_field(column_name(file.description(tag), *file.model, time_columns));
    sink(head + '\n');
    for (std::size_t window = 0; window < file.taggram.windows.size(); ++window) {
        std::string row = fixed_number(file.taggram.windows[window].start_s, 3) + ',' +
                          fixed_number(file.taggram.windows[window].end_s, 3);
        for (const TaggramTag& tag : file.tags)
            row += ',' + fixed_number(static_cast<double>(file.taggram.probabilities(window, tag.tag_index)), 6);
        sink(row + '\n');
    }
}

std::string taggram_npz(const TaggramFile& file) {
    std::vector<NamedArray> arrays{{"path", npy(std::vector{file.path.string()})},
                                   {"duration_s", npy(std::vector{file.clip.duration_s}, {1})}};
    add_windows(file, arrays);
    add_tags(file, arrays);
    return npz(arrays);
}

}  // namespace earmark
