#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "apps/common/numbers.h"
#include "apps/picture/heading.h"
#include "apps/picture/heat_map.h"
#include "apps/picture/time_axis.h"
#include "apps/taggram/taggram_file.h"

namespace earmark {
namespace {

constexpr double margin_px = 20.0;
constexpr double head_px = 66.0;  ///< title and the line below it
constexpr double waveform_px = 60.0;
constexpr double heading_px = 26.0;  ///< the name of a category
constexpr double row_px = 24.0;
constexpr double cells_px = 17.0;  ///< of a row
constexpr double event_px = 3.0;   ///< the line below them
constexpr double legend_px = 46.0;
constexpr double clip_column_px = 52.0;
constexpr double most_name_px = 230.0;

constexpr double shown_threshold = 0.3;

// From 0 to shown_threshold below the threshold of the tag, from there to 1 above it: rare tags have low thresholds,
// and their cells would look empty otherwise. The root gives most colors to the first steps above the threshold, where
// most tags are.
double shown(float probability, float threshold) {
    const auto p = static_cast<double>(probability);
    const auto t = static_cast<double>(threshold);
    if (p < t) return shown_threshold * p / t;
    return t >= 1.0 ? 1.0 : shown_threshold + (1.0 - shown_threshold) * std::sqrt((p - t) / (1.0 - t));
}

class TaggramPicture {
public:
    TaggramPicture(const TaggramFile& file, PictureFormat format, const PictureOptions& options)
        : file_(file),
          options_(options),
          theme_(options.theme()),
          canvas_(format, options.width_px, height_px(file), theme_.background) {
        names_px_ = 0.0;
        for (const TaggramTag& tag : file.tags)
            names_px_ = std::max(names_px_, canvas_.text_width_px(file.description(tag).name, style(14.0)));
        names_px_ = std::ceil(std::clamp(names_px_, 60.0, most_name_px));
        const double left = margin_px + names_px_ + 10.0;
        time_ = {left, head_px, std::floor(options.width_px - margin_px - clip_column_px - left), waveform_px};
    }

    std::string draw() {
        draw_head();
        draw_waveform(canvas_, time_, file_.waveform, theme_);
        double top = time_.bottom() + 6.0;
        draw_column_head(top);
        std::string_view category;
        for (const TaggramTag& tag : file_.tags) {
            const std::string_view own = category_name(file_.description(tag).category);
            if (category != own) {
                category = own;
                draw_heading(own, top);
                top += heading_px;
            }
            draw_row(tag, top);
            top += row_px;
        }
        if (file_.tags.empty()) {
            TextStyle centered = style(15.0);
            centered.align = Align::center;
            centered.color = theme_.faint_text;
            canvas_.text({time_.left + time_.width / 2.0, top + row_px / 2.0}, "no tag is present", centered);
            top += row_px;
        }
        draw_time_axis(canvas_, {time_.left, time_.top, time_.width, top + 2.0 - time_.top}, file_.clip.duration_s,
                       theme_);
        draw_legend(top + 2.0 + time_axis_height_px + legend_px / 2.0 - 6.0);
        return canvas_.finish();
    }

private:
    static int height_px(const TaggramFile& file) {
        std::size_t headings = 0;
        for (std::size_t i = 0; i < file.tags.size(); ++i)
            if (i == 0 || file.description(file.tags[i]).category != file.description(file.tags[i - 1]).category)
                ++headings;
        const std::size_t rows = std::max<std::size_t>(1, file.tags.size());
        return static_cast<int>(head_px + waveform_px + 6.0 + static_cast<double>(headings) * heading_px +
                                static_cast<double>(rows) * row_px + time_axis_height_px + legend_px);
    }

    TextStyle style(double size_px) const {
        TextStyle style;
        style.color = theme_.text;
        style.size_px = size_px;
        return style;
    }

    void draw_head() {
        draw_picture_heading(canvas_, options_, file_.path,
                             "tags in windows of " + shortest(file_.taggram.window.duration_s) + " s every " +
                                 shortest(file_.taggram.window.hop_s) + " s, model " + file_.model->name);
    }

    static std::string shortest(double value) {
        std::string text = fixed_number(value, 3);
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
        return text;
    }

    void draw_column_head(double top) {
        if (file_.tags.empty()) return;
        TextStyle head = style(13.0);
        head.color = theme_.faint_text;
        head.align = Align::right;
        canvas_.text({options_.width_px - margin_px, top + heading_px / 2.0 + 2.0}, "whole song", head);
    }

    void draw_heading(std::string_view category, double top) {
        TextStyle heading = style(13.0);
        heading.color = theme_.faint_text;
        heading.is_bold = true;
        heading.align = Align::right;
        canvas_.text({margin_px + names_px_, top + heading_px / 2.0 + 2.0}, std::string(category), heading);
    }

    void draw_row(const TaggramTag& tag, double top) {
        TextStyle name = style(14.0);
        name.most_width_px = names_px_;
        name.align = Align::right;
        const double middle = top + cells_px / 2.0;
        canvas_.text({margin_px + names_px_, middle}, file_.description(tag).name, name);
        draw_heat_map(canvas_, {time_.left, top, time_.width, cells_px}, values(tag), RowOrder::first_on_top, theme_);
        const float of_clip = file_.clip.probabilities[tag.tag_index];
        for (const TagEvent& event : tag.events) draw_event(event, top + cells_px + 1.0);
        TextStyle number = style(14.0);
        number.align = Align::right;
        canvas_.text({options_.width_px - margin_px, middle}, fixed_number(static_cast<double>(of_clip), 2), number);
    }

    void draw_event(const TagEvent& event, double top) {
        const double last_px = time_.right() - 1.0;
        const double left =
            std::min(last_px, std::round(time_.left + event.start_s / file_.clip.duration_s * time_.width));
        const double right = std::round(time_.left + event.end_s / file_.clip.duration_s * time_.width);
        canvas_.fill({left, top, std::max(1.0, right - left), event_px}, theme_.text);
    }

    // One row of pixels: the greatest value of the windows that a pixel shows.
    Matrix values(const TaggramTag& tag) const {
        const auto pixel_count = static_cast<std::size_t>(time_.width);
        Matrix values(pixel_count, 1);
        const std::vector<double>& edges_s = file_.taggram.edges_s;
        const float threshold = threshold_of(tag);
        std::size_t window = 0;
        for (std::size_t x = 0; x < pixel_count; ++x) {
            const double start_s = file_.clip.duration_s * static_cast<double>(x) / time_.width;
            const double end_s = file_.clip.duration_s * static_cast<double>(x + 1) / time_.width;
            while (window + 2 < edges_s.size() && edges_s[window + 1] <= start_s) ++window;
            float greatest = file_.taggram.probabilities(window, tag.tag_index);
            for (std::size_t w = window + 1; w + 1 < edges_s.size() && edges_s[w] < end_s; ++w)
                greatest = std::max(greatest, file_.taggram.probabilities(w, tag.tag_index));
            values(x, 0) = static_cast<float>(shown(greatest, threshold));
        }
        return values;
    }

    // With softmax the thresholds mean nothing.
    float threshold_of(const TaggramTag& tag) const {
        return file_.model->classifier.output == OutputKind::softmax ? 0.5F : file_.description(tag).threshold;
    }

    void draw_legend(double middle) {
        const Box scale{time_.left + 10.0, middle - 6.0, 160.0, 12.0};
        draw_color_scale(canvas_, scale, "0", "1", theme_);
        const double mark = std::round(scale.left + shown_threshold * scale.width);
        canvas_.line(std::array<Point, 2>{{{mark, scale.top - 4.0}, {mark, scale.bottom() + 3.0}}}, theme_.text);
        TextStyle note = style(13.0);
        note.color = theme_.faint_text;
        const std::string scale_note = "probability, with a mark at the threshold of the tag";
        canvas_.text({scale.right() + 28.0, middle}, scale_note, note);
        const double event_left = scale.right() + 28.0 + canvas_.text_width_px(scale_note, note) + 30.0;
        canvas_.fill({event_left, middle - 1.0, 40.0, event_px}, theme_.text);
        canvas_.text({event_left + 50.0, middle}, "present", note);
    }

    const TaggramFile& file_;
    const PictureOptions& options_;
    Theme theme_;
    Canvas canvas_;
    double names_px_ = 0.0;
    Box time_;  ///< of the waveform; its width is the time of the clip
};

}  // namespace

std::string taggram_picture(const TaggramFile& file, PictureFormat format, const PictureOptions& options) {
    return TaggramPicture(file, format, options).draw();
}

}  // namespace earmark
