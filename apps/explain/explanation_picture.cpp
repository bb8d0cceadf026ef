#include <algorithm>
#include <array>
#include <cmath>

#include "apps/common/numbers.h"
#include "apps/explain/explained_file.h"
#include "apps/explain/signed_number.h"
#include "apps/picture/heading.h"
#include "apps/picture/minus_sign.h"
#include "apps/picture/time_axis.h"

namespace earmark {
namespace {

constexpr double margin_px = 20.0;
constexpr double head_px = 66.0;  ///< title and the line below it
constexpr double waveform_px = 60.0;
constexpr double labels_px = 62.0;  ///< the names of the levels
constexpr double row_px = 24.0;
constexpr double tag_px = 30.0;      ///< the line with the name of a tag
constexpr double heading_px = 22.0;  ///< the names of the scales
constexpr double gap_px = 58.0;      ///< between grid and time: the numbers of the moments
constexpr double below_px = 24.0;    ///< interactions
constexpr double between_px = 22.0;
constexpr std::size_t most_tags = 40;

std::string signed_text(double value, int digits = 2) { return with_minus_sign(signed_number(value, digits)); }

std::string seconds(double time_s) { return clock_text(std::round(time_s)); }

Color mixed(Color first, Color second, double share_of_second) {
    const auto mix = [share_of_second](std::uint8_t a, std::uint8_t b) {
        return static_cast<std::uint8_t>(std::lround(a + (b - a) * share_of_second));
    };
    return {mix(first.red, second.red), mix(first.green, second.green), mix(first.blue, second.blue)};
}

class ExplanationPicture {
public:
    ExplanationPicture(const ExplainedFile& file, PictureFormat format, const PictureOptions& options)
        : file_(file),
          options_(options),
          theme_(options.theme()),
          canvas_(format, options.width_px, height_px(file), theme_.background),
          scale_count_(file.model->architectures.size()),
          cell_px_(scale_count_ > 4 ? 58.0 : 68.0) {
        const double left = margin_px + labels_px + static_cast<double>(scale_count_) * cell_px_ + gap_px;
        time_ = {left, head_px, std::floor(options.width_px - margin_px - left), waveform_px};
    }

    std::string draw() {
        draw_head();
        draw_legend();
        draw_waveform(canvas_, time_, file_.waveform, theme_);
        draw_time_axis(canvas_, time_, file_.clip.duration_s, theme_);
        double top = time_.bottom() + time_axis_height_px + between_px;
        for (std::size_t i = 0; i < shown_count(file_); ++i) {
            draw_tag(file_.tags[i], top);
            top += panel_px(file_);
        }
        if (file_.tags.empty()) canvas_.text({margin_px, top + row_px / 2.0}, without_tags(file_), style(15.0));
        return canvas_.finish();
    }

private:
    static std::size_t shown_count(const ExplainedFile& file) { return std::min(most_tags, file.tags.size()); }

    static int level_count(const ExplainedFile& file) {
        int count = 0;
        for (const ExplainedLevel& cell : file.cells) count = std::max(count, cell.level);
        return count;
    }

    static double grid_px(const ExplainedFile& file) { return heading_px + level_count(file) * row_px; }
    static double panel_px(const ExplainedFile& file) { return tag_px + grid_px(file) + below_px + between_px; }

    static int height_px(const ExplainedFile& file) {
        const double panels = file.tags.empty() ? row_px : static_cast<double>(shown_count(file)) * panel_px(file);
        return static_cast<int>(head_px + waveform_px + time_axis_height_px + between_px + panels + 8.0);
    }

    TextStyle style(double size_px) const {
        TextStyle style;
        style.color = theme_.text;
        style.size_px = size_px;
        return style;
    }

    TextStyle faint(double size_px) const {
        TextStyle faint = style(size_px);
        faint.color = theme_.faint_text;
        return faint;
    }

    void draw_head() {
        draw_picture_heading(canvas_, options_, file_.path,
                             "what a tag's log-odds lose without a level of a scale (left), and without " +
                                 fixed_number(file_.settings.moment_s, 0) + " s of the song (right); model " +
                                 file_.model->name);
    }

    // Text stays readable on it.
    Color tint(double share) const {
        const double strongest = theme_.is_dark ? 0.45 : 0.6;
        return mixed(theme_.background, share < 0.0 ? theme_.speaks_against : theme_.speaks_for,
                     strongest * std::min(1.0, std::abs(share)));
    }

    void draw_legend() {
        const Box box{margin_px, head_px + 8.0, 160.0, 14.0};
        constexpr int color_count = 160;
        std::vector<Color> colors;
        colors.reserve(color_count);
        for (int i = 0; i < color_count; ++i) colors.push_back(tint(i / 79.5 - 1.0));
        canvas_.cells(box, colors.size(), colors);
        canvas_.frame(box, theme_.grid);
        TextStyle note = faint(13.0);
        canvas_.text({box.left, box.bottom() + 12.0}, "against", note);
        note.align = Align::right;
        canvas_.text({box.right(), box.bottom() + 12.0}, "for the tag", note);
    }

    void draw_tag(const TagExplanation& tag, double top) {
        TextStyle name = style(16.0);
        name.is_bold = true;
        name.most_width_px = time_.left - gap_px - margin_px - 50.0;
        canvas_.text({margin_px, top + tag_px / 2.0 - 2.0}, file_.tag(tag).name, name);
        TextStyle number = style(15.0);
        number.align = Align::right;
        canvas_.text({time_.left - gap_px, top + tag_px / 2.0 - 2.0},
                     fixed_number(static_cast<double>(file_.probability(tag)), 2), number);
        draw_grid(tag, top + tag_px);
        draw_interactions(tag, top + tag_px + grid_px(file_) + below_px / 2.0);
        const Box box{time_.left, top + tag_px, time_.width, grid_px(file_)};
        draw_moments(tag, box);
        draw_moment_names(tag, top + tag_px / 2.0 - 2.0);
    }

    void draw_grid(const TagExplanation& tag, double top) {
        TextStyle label = faint(13.0);
        label.align = Align::center;
        const double left = margin_px + labels_px;
        for (std::size_t scale = 0; scale < scale_count_; ++scale) {
            const int frames = file_.model->architectures[scale].segment_frames;
            canvas_.text({left + (static_cast<double>(scale) + 0.5) * cell_px_, top + heading_px / 2.0 - 1.0},
                         fixed_number(file_.segment_s(frames), 2) + " s", label);
        }
        label.align = Align::left;
        for (int level = 1; level <= level_count(file_); ++level)
            canvas_.text({margin_px, top + heading_px + (level - 0.5) * row_px}, "level " + std::to_string(level),
                         label);
        double greatest = 1e-9;
        for (const double value : tag.contributions.of_cells) greatest = std::max(greatest, std::abs(value));
        for (std::size_t i = 0; i < file_.cells.size(); ++i) {
            const ExplainedLevel& cell = file_.cells[i];
            const Box box{left + static_cast<double>(cell.scale) * cell_px_,
                          top + heading_px + (cell.level - 1) * row_px, cell_px_ - 2.0, row_px - 2.0};
            draw_cell(box, tag.contributions.of_cells[i], greatest, cell.is_unit);
        }
    }

    void draw_cell(const Box& box, double value, double greatest, bool is_unit) {
        canvas_.fill(box, tint(value / greatest));
        canvas_.frame(box, theme_.grid);
        TextStyle number = style(13.0);
        number.align = Align::center;
        canvas_.text({box.left + box.width / 2.0, box.top + box.height / 2.0},
                     signed_text(value) + (is_unit ? "*" : ""), number);
    }

    void draw_interactions(const TagExplanation& tag, double middle) {
        const TagContributions& contributions = tag.contributions;
        const double change = contributions.log_odds - contributions.log_odds_at_mean;
        std::string text = "interactions " + signed_text(contributions.interactions) + " of " + signed_text(change);
        if (std::ranges::any_of(file_.cells, &ExplainedLevel::is_unit)) text += "; * dense layer";
        canvas_.text({margin_px, middle}, text, faint(13.0));
    }

    double x_of(double time_s) const {
        return time_.left + std::clamp(time_s / file_.clip.duration_s, 0.0, 1.0) * time_.width;
    }

    // Each moment from halfway to the one before to halfway to the next, by their centers.
    void draw_moments(const TagExplanation& tag, const Box& box) {
        double greatest = 1e-9;
        for (const Moment& moment : tag.moments) greatest = std::max(greatest, std::abs(moment.contribution));
        for (const auto* notable : {&tag.most_for, &tag.most_against})
            if (*notable) draw_notable(**notable, box, notable == &tag.most_for);
        const double zero = std::round(box.top + box.height / 2.0);
        const auto center_of = [](const Moment& moment) { return (moment.start_s + moment.end_s) / 2.0; };
        for (std::size_t i = 0; i < tag.moments.size(); ++i) {
            const Moment& moment = tag.moments[i];
            const bool is_last = i + 1 == tag.moments.size();
            const double start_s = i == 0 ? 0.0 : (center_of(tag.moments[i - 1]) + center_of(moment)) / 2.0;
            const double end_s =
                is_last ? file_.clip.duration_s : (center_of(moment) + center_of(tag.moments[i + 1])) / 2.0;
            const double height = moment.contribution / greatest * (box.height / 2.0 - 4.0);
            const double left = std::round(x_of(start_s));
            const Box bar{left, height > 0.0 ? zero - height : zero, std::max(1.0, std::round(x_of(end_s)) - left),
                          std::abs(height)};
            canvas_.fill(bar, height > 0.0 ? theme_.speaks_for : theme_.speaks_against);
        }
        canvas_.line(std::array<Point, 2>{{{box.left, zero}, {box.right(), zero}}}, theme_.faint_text);
        canvas_.frame(box, theme_.grid);
        TextStyle number = faint(12.0);
        number.align = Align::right;
        canvas_.text({box.left - 4.0, box.top + 7.0}, signed_text(greatest, moment_digits(tag)), number);
        canvas_.text({box.left - 4.0, zero}, "0", number);
        canvas_.text({box.left - 4.0, box.bottom() - 7.0}, signed_text(-greatest, moment_digits(tag)), number);
    }

    // The upper half of the box is for the one, the lower half for the other: the two may overlap.
    void draw_notable(const NotableMoment& notable, const Box& box, bool is_for) {
        const double left = std::round(x_of(notable.moment.start_s));
        const double right = std::round(x_of(notable.moment.end_s));
        const double zero = std::round(box.top + box.height / 2.0);
        const double top = is_for ? box.top : zero;
        const double bottom = is_for ? zero : box.bottom();
        canvas_.fill({left, top, std::max(2.0, right - left), bottom - top}, tint(is_for ? 0.45 : -0.45));
    }

    void draw_moment_names(const TagExplanation& tag, double middle) {
        double left = time_.left;
        for (const auto* notable : {&tag.most_for, &tag.most_against}) {
            if (!*notable) continue;
            const bool is_for = notable == &tag.most_for;
            canvas_.fill({left, std::round(middle) - 6.0, 12.0, 12.0},
                         is_for ? theme_.speaks_for : theme_.speaks_against);
            const Moment& moment = (*notable)->moment;
            const std::string text = std::string(is_for ? "most for: " : "most against: ") + seconds(moment.start_s) +
                                     " to " + seconds(moment.end_s) + " (" +
                                     signed_text(moment.contribution, moment_digits(tag)) + ")";
            canvas_.text({left + 18.0, middle}, text, style(13.0));
            left += 18.0 + canvas_.text_width_px(text, style(13.0)) + 28.0;
        }
    }

    const ExplainedFile& file_;
    const PictureOptions& options_;
    Theme theme_;
    Canvas canvas_;
    std::size_t scale_count_;
    double cell_px_;
    Box time_;  ///< of the waveform; its width is the time of the clip
};

}  // namespace

std::string explanation_picture(const ExplainedFile& file, PictureFormat format, const PictureOptions& options) {
    return ExplanationPicture(file, format, options).draw();
}

}  // namespace earmark
