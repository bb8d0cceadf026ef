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

}  // namespace

std::string taggram_csv(const TaggramFile& file) {
    std::string csv = "start_s,end_s";
    for (const TaggramTag& tag : file.tags)
        csv += ',' + csv_field(column_name(file.description(tag), *file.model, time_columns));
    csv += '\n';
    constexpr std::size_t most_time_bytes = 24;
    constexpr std::size_t number_bytes = 9;
    csv.reserve(csv.size() + file.taggram.windows.size() * (most_time_bytes + file.tags.size() * number_bytes));
    for (std::size_t window = 0; window < file.taggram.windows.size(); ++window) {
        csv += fixed_number(file.taggram.windows[window].start_s, 3) + ',' +
               fixed_number(file.taggram.windows[window].end_s, 3);
        for (const TaggramTag& tag : file.tags)
            csv += ',' + fixed_number(static_cast<double>(file.taggram.probabilities(window, tag.tag_index)), 6);
        csv += '\n';
    }
    return csv;
}

std::string taggram_npz(const TaggramFile& file) {
    const std::size_t window_count = file.taggram.windows.size();
    const std::size_t tag_count = file.tags.size();
    std::vector<double> start_s;
    std::vector<double> end_s;
    std::vector<std::uint8_t> audible;
    std::vector<float> values;
    for (std::size_t window = 0; window < window_count; ++window) {
        start_s.push_back(file.taggram.windows[window].start_s);
        end_s.push_back(file.taggram.windows[window].end_s);
        audible.push_back(file.taggram.windows[window].is_audible ? 1 : 0);
        for (const TaggramTag& tag : file.tags) values.push_back(file.taggram.probabilities(window, tag.tag_index));
    }
    std::vector<std::string> names;
    std::vector<std::string> categories;
    std::vector<float> thresholds;
    std::vector<float> of_clip;
    for (const TaggramTag& tag : file.tags) {
        names.push_back(file.description(tag).name);
        categories.emplace_back(category_name(file.description(tag).category));
        thresholds.push_back(file.description(tag).threshold);
        of_clip.push_back(file.clip.probabilities[tag.tag_index]);
    }
    const std::vector<std::string> path{file.path.string()};
    const std::vector<double> duration_s{file.clip.duration_s};
    return npz({{"path", npy(path)},
                {"duration_s", npy(duration_s, {1})},
                {"start_s", npy(start_s, {window_count})},
                {"end_s", npy(end_s, {window_count})},
                {"audible", npy(audible, {window_count})},
                {"probability", npy(values, {window_count, tag_count})},
                {"tag", npy(names)},
                {"category", npy(categories)},
                {"threshold", npy(thresholds, {tag_count})},
                {"clip_probability", npy(of_clip, {tag_count})}});
}

}  // namespace earmark
