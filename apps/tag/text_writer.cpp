#include <algorithm>
#include <array>
#include <cmath>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "apps/common/visible_text.h"
#include "apps/tag/result_writer.h"
#include "base/counted.h"

namespace earmark {
namespace {

constexpr std::array shown_order{TagCategory::genre, TagCategory::mood, TagCategory::instrument,
                                 TagCategory::voice, TagCategory::era,  TagCategory::other};
constexpr std::size_t category_width = 10;  // of "instrument"
constexpr int bar_width = 24;

std::string_view style_of(TagCategory category) {
    switch (category) {
        case TagCategory::genre: return "36";
        case TagCategory::mood: return "35";
        case TagCategory::instrument: return "33";
        case TagCategory::voice: return "32";
        case TagCategory::era: return "34";
        case TagCategory::other: return "37";
    }
    return "37";
}

std::string clock_time(double duration_s) {
    const auto seconds = std::llround(duration_s);
    std::ostringstream text;
    if (seconds >= 3600) text << seconds / 3600 << ':' << std::setw(2) << std::setfill('0');
    text << seconds / 60 % 60 << ':' << std::setw(2) << std::setfill('0') << seconds % 60;
    return text.str();
}

// Eighths of a character where the terminal can show them.
std::string bar(float probability, bool has_unicode) {
    static constexpr std::array<std::string_view, 8> eighths{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    if (!has_unicode) return std::string(static_cast<std::size_t>(std::lround(probability * bar_width)), '#');
    const auto length = static_cast<std::size_t>(std::lround(probability * bar_width * 8));
    std::string text;
    for (std::size_t i = 0; i < length / 8; ++i) text += "█";
    return text + std::string(eighths[length % 8]);
}

bool has_no_sound(ClipStatus status) { return status == ClipStatus::silent || status == ClipStatus::too_short; }

std::string no_tag(ClipStatus status) {
    if (status == ClipStatus::silent) return "silent: no tags";
    if (status == ClipStatus::too_short) return "too short: no tags";
    return "no tag is certain enough; --all shows every one";
}

// What the gate of the model found; nothing for music that is like that of the training.
std::string_view gate_line(ClipStatus status) {
    if (status == ClipStatus::not_music) return "This does not sound like music.";
    if (status == ClipStatus::unsure) return "Unlike the music this model learned from: its tags are a guess.";
    return {};
}

std::string left_out_line(std::size_t count, const Model& model) {
    return "and " + counted(count, "more tag") + "; --present --top " + std::to_string(model.tags.size()) +
           (count == 1 ? " shows it" : " shows them");
}

class TextWriter : public ResultWriter {
public:
    TextWriter(std::ostream& stream, const Model& model, const Terminal& terminal)
        : stream_(stream), model_(model), terminal_(terminal) {
        for (const Tag& tag : model.tags) name_width_ = std::max(name_width_, display_width(tag.name));
    }

    void write(const TaggedFile& file) override {
        if (!file.error.empty()) return;
        stream_ << (is_first_ ? "" : "\n") << styled(visible(file.path.string()), "1", terminal_) << "  "
                << clock_time(file.duration_s) << "\n";
        is_first_ = false;
        const std::string_view gate = gate_line(file.status);
        if (!gate.empty()) stream_ << "  " << styled(std::string(gate), "2", terminal_) << "\n";
        if ((file.tags.empty() || has_no_sound(file.status)) && file.status != ClipStatus::not_music)
            stream_ << "  " << styled(no_tag(file.status), "2", terminal_) << "\n";
        // All probabilities of such a clip are 0: a list of them has nothing to show.
        if (!has_no_sound(file.status))
            for (const TagCategory category : shown_order) write_category(file, category);
        if (file.left_out_count > 0)
            stream_ << "  " << styled(left_out_line(file.left_out_count, model_), "2", terminal_) << "\n";
        stream_ << std::flush;
    }

private:
    void write_category(const TaggedFile& file, TagCategory category) {
        std::string_view heading = category_name(category);
        for (const RankedTag& tag : file.tags) {
            if (model_.tags[tag.tag_index].category != category) continue;
            write_tag(heading, tag);
            heading = "";
        }
    }

    void write_tag(std::string_view heading, const RankedTag& tag) {
        const Tag& description = model_.tags[tag.tag_index];
        std::ostringstream number;
        number << std::fixed << std::setprecision(2) << tag.probability;
        const std::string_view style = tag.present ? style_of(description.category) : "2";
        const std::string name = padded(description.name, name_width_);
        stream_ << "  " << padded(heading, category_width) << "  "
                << (tag.present ? name : styled(name, "2", terminal_)) << "  " << number.str() << "  "
                << styled(bar(tag.probability, terminal_.has_unicode), style, terminal_)
                << (tag.present || terminal_.has_color ? "" : "  (absent)") << "\n";
    }

    std::ostream& stream_;
    const Model& model_;
    Terminal terminal_;
    std::size_t name_width_ = 0;
    bool is_first_ = true;
};

}  // namespace

std::unique_ptr<ResultWriter> make_text_writer(std::ostream& stream, const Model& model, const Terminal& terminal) {
    return std::make_unique<TextWriter>(stream, model, terminal);
}

}  // namespace earmark
