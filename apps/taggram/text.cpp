#include <algorithm>
#include <cmath>

#include "apps/common/numbers.h"
#include "apps/common/terminal.h"
#include "apps/common/visible_text.h"
#include "apps/picture/time_axis.h"
#include "apps/taggram/taggram_file.h"

namespace earmark {
namespace {

std::string whole_seconds(double time_s) { return clock_text(std::round(time_s)); }

std::string times_text(const TaggramTag& tag) {
    std::string text;
    for (const TagEvent& event : tag.events)
        text += (text.empty() ? "" : ", ") + whole_seconds(event.start_s) + "-" + whole_seconds(event.end_s);
    return text;
}

}  // namespace

std::string taggram_text(const TaggramFile& file) {
    std::size_t name_width = 0;
    for (const TaggramTag& tag : file.tags)
        name_width = std::max(name_width, display_width(visible(file.description(tag).name)));
    std::string text = visible(file.path.string()) + "  " + whole_seconds(file.clip.duration_s) +
                       (file.tags.empty() ? "\n" : "  (probability in the whole song; times at which it is present)\n");
    std::string_view category;
    for (const TaggramTag& tag : file.tags) {
        const Tag& description = file.description(tag);
        if (category != category_name(description.category)) {
            category = category_name(description.category);
            text += "  " + std::string(category) + "\n";
        }
        text += "    " + padded(visible(description.name), name_width) + "  " +
                fixed_number(static_cast<double>(file.clip.probabilities[tag.tag_index]), 2) + "  " + times_text(tag) +
                "\n";
    }
    if (file.tags.empty()) text += "  no tags\n";
    return text;
}

}  // namespace earmark
