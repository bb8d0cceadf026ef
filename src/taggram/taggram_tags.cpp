#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "earmark/error.h"
#include "earmark/taggram.h"

namespace earmark {
namespace {

void check(const EventRule& rule, const TaggramSelection& selection) {
    const auto is_share = [](double value) { return value >= 0.0 && value <= 1.0; };
    if (!is_share(rule.end_share))
        throw Error(ErrorCode::usage, "end_share is " + std::to_string(rule.end_share) + "; expected 0 to 1");
    if (!is_share(selection.least_active_share))
        throw Error(ErrorCode::usage,
                    "least_active_share is " + std::to_string(selection.least_active_share) + "; expected 0 to 1");
    if (selection.most == 0) throw Error(ErrorCode::usage, "most is 0; expected at least 1");
}

// What a tag would need to be present in a window.
class Need {
public:
    Need(const Model& model, const Taggram& taggram) : model_(model) {
        if (model.classifier.output == OutputKind::sigmoid) return;
        for (std::size_t window = 0; window < taggram.probabilities.row_count(); ++window) {
            const auto row = taggram.probabilities.row(window);
            const auto greatest = std::ranges::max_element(row);
            most_probable_.push_back(static_cast<std::size_t>(greatest - row.begin()));
            greatest_.push_back(*greatest);
        }
    }

    // With softmax, only one tag is present, also where several have the greatest probability.
    bool is_present(std::size_t window, std::size_t tag, float probability) const {
        if (probability <= 0.0F) return false;
        return most_probable_.empty() ? probability >= model_.tags[tag].threshold : most_probable_[window] == tag;
    }

    bool is_over(std::size_t window, std::size_t tag, float probability, double end_share) const {
        const float need = most_probable_.empty() ? model_.tags[tag].threshold : greatest_[window];
        return probability <= 0.0F || static_cast<double>(probability) < end_share * static_cast<double>(need);
    }

private:
    const Model& model_;
    std::vector<std::size_t> most_probable_;  ///< of each window; with softmax only, as is the next
    std::vector<float> greatest_;
};

// A tag, and what its events weigh: the sum of its probability over their windows.
struct Weighed {
    TaggramTag tag;
    double weight = 0.0;
};

double center_s(const ClipWindow& window) { return (window.start_s + window.end_s) / 2.0; }

Weighed weighed_tag(const Taggram& taggram, const Need& need, const EventRule& rule, std::size_t tag) {
    Weighed weighed;
    weighed.tag.tag_index = tag;
    double sum = 0.0;
    double most_probable_s = 0.0;
    bool is_on = false;
    for (std::size_t w = 0; w < taggram.windows.size(); ++w) {
        const float probability = taggram.probabilities(w, tag);
        const double peak_s = center_s(taggram.windows[w]);
        sum += static_cast<double>(probability);
        if (w == 0 || probability > weighed.tag.peak_probability) {
            weighed.tag.peak_probability = probability;
            most_probable_s = peak_s;
        }
        if (is_on && need.is_over(w, tag, probability, rule.end_share)) is_on = false;
        if (!is_on && need.is_present(w, tag, probability)) {
            is_on = true;
            weighed.tag.events.push_back({taggram.edges_s[w], 0.0, peak_s, probability});
        }
        if (!is_on) continue;
        TagEvent& event = weighed.tag.events.back();
        event.end_s = taggram.edges_s[w + 1];
        if (probability > event.peak_probability) {
            event.peak_s = peak_s;
            event.peak_probability = probability;
        }
        weighed.weight += static_cast<double>(probability);
        weighed.tag.active_s += taggram.edges_s[w + 1] - taggram.edges_s[w];
    }
    weighed.tag.first_peak_s = weighed.tag.events.empty() ? most_probable_s : weighed.tag.events.front().peak_s;
    if (!taggram.windows.empty())
        weighed.tag.mean_probability = static_cast<float>(sum / static_cast<double>(taggram.windows.size()));
    return weighed;
}

bool matters(const TaggramTag& tag, const Taggram& taggram, const TaggramSelection& selection) {
    const double clip_s = taggram.edges_s.back();
    const double least_s = std::max(selection.least_active_share * clip_s, std::min(taggram.window.duration_s, clip_s));
    // Sums of times are not exact.
    constexpr double slack_s = 1e-6;
    return !tag.events.empty() && tag.active_s >= least_s - slack_s;
}

}  // namespace

std::vector<TaggramTag> taggram_tags(const Model& model, const Taggram& taggram, const EventRule& rule,
                                     const TaggramSelection& selection) {
    check(rule, selection);
    const Need need(model, taggram);
    std::vector<Weighed> chosen;
    for (std::size_t tag = 0; tag < model.tags.size(); ++tag) {
        Weighed weighed = weighed_tag(taggram, need, rule, tag);
        if (selection.all || matters(weighed.tag, taggram, selection)) chosen.push_back(std::move(weighed));
    }
    if (!selection.all && chosen.size() > selection.most) {
        std::ranges::stable_sort(chosen, std::ranges::greater(), &Weighed::weight);
        chosen.resize(selection.most);
    }
    std::vector<TaggramTag> tags;
    tags.reserve(chosen.size());
    for (Weighed& weighed : chosen) tags.push_back(std::move(weighed.tag));
    std::ranges::sort(tags, [&model](const TaggramTag& a, const TaggramTag& b) {
        const auto key = [&model](const TaggramTag& tag) {
            return std::tuple(model.tags[tag.tag_index].category, tag.first_peak_s, tag.tag_index);
        };
        return key(a) < key(b);
    });
    return tags;
}

}  // namespace earmark
