#include <algorithm>
#include <cmath>

#include "apps/common/numbers.h"
#include "apps/common/terminal.h"
#include "apps/common/visible_text.h"
#include "apps/explain/explained_file.h"
#include "apps/explain/response_peak.h"
#include "apps/explain/signed_number.h"
#include "apps/picture/time_axis.h"

namespace earmark {
namespace {

constexpr std::size_t label_width = 14;
constexpr std::size_t column_width = 11;

std::string right_aligned(const std::string& text) {
    return std::string(column_width - std::min(column_width, text.size()), ' ') + text;
}

std::string seconds(double time_s) { return clock_text(std::round(time_s)); }

class TextExplanation {
public:
    explicit TextExplanation(const ExplainedFile& file)
        : file_(file), centers_hz_(mel_band_centers_hz(file.model->spectrogram)) {}

    std::string text() {
        text_ = visible(file_.path.string()) + "  " + seconds(file_.clip.duration_s) + "\n";
        if (file_.tags.empty()) text_ += "  " + without_tags(file_) + "\n";
        for (const TagExplanation& tag : file_.tags) add_tag(tag);
        return std::move(text_);
    }

private:
    void add_tag(const TagExplanation& tag) {
        const TagContributions& contributions = tag.contributions;
        const double change = contributions.log_odds - contributions.log_odds_at_mean;
        text_ += "\n" + visible(file_.tag(tag).name) + "  " +
                 fixed_number(static_cast<double>(file_.probability(tag)), 2) + "  (log-odds " +
                 signed_number(contributions.log_odds) + "; " + signed_number(contributions.log_odds_at_mean) +
                 " with everything at the mean of the training clips)\n";
        add_table(contributions);
        add_row("interactions", {signed_number(contributions.interactions) + share_of(contributions, change)});
        add_moment("most for", tag.most_for, moment_digits(tag));
        add_moment("most against", tag.most_against, moment_digits(tag));
    }

    static std::string share_of(const TagContributions& contributions, double change) {
        if (std::abs(change) < 0.005) return "";
        return "  (" + fixed_number(100.0 * contributions.interactions / change, 0) + " % of " + signed_number(change) +
               ")";
    }

    void add_row(const std::string& label, const std::vector<std::string>& cells) {
        text_ += "  " + padded(label, label_width);
        for (const std::string& cell : cells) text_ += right_aligned(cell);
        text_ += "\n";
    }

    void add_table(const TagContributions& contributions) {
        std::vector<std::string> frames;
        std::vector<std::string> durations;
        for (const NetworkArchitecture& network : file_.model->architectures) {
            frames.push_back(std::to_string(network.segment_frames) + " frames");
            durations.push_back(fixed_number(file_.segment_s(network.segment_frames), 2) + " s");
        }
        frames.emplace_back("all scales");
        add_row("", frames);
        add_row("", durations);
        for (std::size_t level = 1; level <= contributions.of_levels.size(); ++level) {
            std::vector<std::string> cells = cells_of(contributions, static_cast<int>(level));
            cells.push_back(signed_number(contributions.of_levels[level - 1]));
            add_row("level " + std::to_string(level), cells);
        }
        std::vector<std::string> scales;
        for (const double scale : contributions.of_scales) scales.push_back(signed_number(scale));
        add_row("all levels", scales);
        if (std::ranges::any_of(file_.cells, &ExplainedLevel::is_unit)) text_ += "  * the dense layer of the network\n";
    }

    // Empty where a scale lacks the level.
    std::vector<std::string> cells_of(const TagContributions& contributions, int level) const {
        std::vector<std::string> cells(contributions.of_scales.size());
        for (std::size_t i = 0; i < file_.cells.size(); ++i)
            if (file_.cells[i].level == level)
                cells[file_.cells[i].scale] =
                    signed_number(contributions.of_cells[i]) + (file_.cells[i].is_unit ? "*" : "");
        return cells;
    }

    void add_moment(const std::string& label, const std::optional<NotableMoment>& notable, int digits) {
        if (!notable) return;
        const Moment& moment = notable->moment;
        text_ += "  " + padded(label, label_width) + seconds(moment.start_s) + " to " + seconds(moment.end_s) + "  " +
                 signed_number(moment.contribution, digits) + "\n";
        if (notable->filters.empty()) return;
        for (const FilterReaction& reaction : notable->filters) add_reaction(reaction);
        const FilterReaction& first_level = notable->first_level_filters.front();
        const bool is_named = std::ranges::any_of(
            notable->filters, [](const FilterReaction& reaction) { return reaction.level.level == 1; });
        if (!is_named) add_reaction(first_level);
    }

    void add_reaction(const FilterReaction& reaction) {
        const bool is_unit = reaction.level.is_unit;
        text_ += "    " + std::to_string(reaction.level.segment_frames) + " frames, level " +
                 std::to_string(reaction.level.level) + (is_unit ? ", unit " : ", filter ") +
                 std::to_string(reaction.index) + ": " + signed_number(reaction.deviations) + " deviations";
        if (reaction.level.level == 1 && !is_unit) {
            const auto response = filter_response(*file_.model, reaction.level.scale, reaction.index);
            text_ += "; for " + hz_text(response_peak(response, centers_hz_));
        }
        text_ += "\n";
    }

    const ExplainedFile& file_;
    std::vector<double> centers_hz_;
    std::string text_;
};

}  // namespace

std::string without_tags(const ExplainedFile& file) {
    switch (file.clip.status) {
        case ClipStatus::silent: return "silent: no tags to explain";
        case ClipStatus::too_short: return "too short: no tags to explain";
        case ClipStatus::not_music: return "This does not sound like music: no tags to explain.";
        default: return "no tag is present; --tag T explains one that is absent";
    }
}

std::string explanation_text(const ExplainedFile& file) { return TextExplanation(file).text(); }

}  // namespace earmark
