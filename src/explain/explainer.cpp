#include <algorithm>
#include <cassert>
#include <cmath>
#include <string>
#include <utility>

#include "earmark/error.h"
#include "earmark/explain.h"
#include "explain/contributions.h"
#include "explain/filter_reactions.h"
#include "explain/log_odds.h"
#include "explain/moment_statistics.h"

namespace earmark {
namespace {

void require_positive(const char* name, double value) {
    if (value > 0.0 && std::isfinite(value)) return;
    throw Error(ErrorCode::usage, std::string(name) + " is " + std::to_string(value) + "; expected more than 0");
}

std::vector<Moment> moments_of(double duration_s, const ExplainSettings& settings) {
    std::vector<Moment> moments;
    double start_s = 0.0;
    for (std::size_t i = 0; start_s + settings.moment_s <= duration_s;
         start_s = static_cast<double>(++i) * settings.hop_s)
        moments.push_back({start_s, start_s + settings.moment_s, 0.0});
    // A millisecond is less than any segment.
    constexpr double least_tail_s = 1e-3;
    if (moments.empty() || duration_s - moments.back().end_s > least_tail_s)
        moments.push_back({std::max(0.0, duration_s - settings.moment_s), duration_s, 0.0});
    return moments;
}

}  // namespace

class Explainer::Implementation {
public:
    Implementation(std::shared_ptr<const Model> model, const ExplainSettings& settings)
        : model_(std::move(model)),
          settings_(settings),
          classifier_(std::shared_ptr<const ClassifierWeights>(model_, &model_->classifier)),
          statistics_(model_) {
        require_positive("moment_s", settings.moment_s);
        require_positive("hop_s", settings.hop_s);
    }

    void add(const SegmentMaxima& segment) { statistics_.add(segment); }
    void reset() { statistics_.reset(); }

    std::vector<TagExplanation> finish(const ClipResult& clip, std::span<const std::size_t> tags) {
        statistics_.finish(clip.duration_s);
        std::vector<TagContributions> of_embedding = contributions(*model_, classifier_, clip.embedding, tags);
        std::vector<TagExplanation> explanations;
        for (std::size_t i = 0; i < tags.size(); ++i)
            explanations.push_back(
                {tags[i], std::move(of_embedding[i]), moments_of(clip.duration_s, settings_), {}, {}});
        if (!explanations.empty()) measure_moments(explanations);
        for (TagExplanation& explanation : explanations) choose_moments(explanation);
        reset();
        return explanations;
    }

private:
    // Some at a time: an embedding is long.
    static constexpr std::size_t block_moments = 64;

    void measure_moments(std::vector<TagExplanation>& explanations) {
        const std::size_t count = explanations.front().moments.size();
        for (std::size_t first = 0; first < count; first += block_moments)
            measure_block(explanations, first, std::min(first + block_moments, count));
    }

    void measure_block(std::vector<TagExplanation>& explanations, std::size_t first, std::size_t end) {
        std::vector<std::size_t> measured;
        std::vector<float> values;
        for (std::size_t i = first; i < end; ++i) {
            const Moment& moment = explanations.front().moments[i];
            const auto embedding = statistics_.embedding_without(moment.start_s, moment.end_s);
            if (!embedding) continue;
            measured.push_back(i);
            values.insert(values.end(), embedding->begin(), embedding->end());
        }
        const Matrix logits = classifier_.logits(Matrix(measured.size(), model_->feature_count(), std::move(values)));
        for (TagExplanation& explanation : explanations)
            for (std::size_t row = 0; row < measured.size(); ++row)
                explanation.moments[measured[row]].contribution =
                    explanation.contributions.log_odds - log_odds(*model_, logits.row(row), explanation.tag_index);
    }

    void choose_moments(TagExplanation& explanation) const {
        const auto [least, greatest] = std::ranges::minmax_element(explanation.moments, {}, &Moment::contribution);
        if (greatest->contribution > 0.0) explanation.most_for = notable(*greatest);
        if (least->contribution < 0.0) explanation.most_against = notable(*least);
    }

    NotableMoment notable(const Moment& moment) const {
        NotableMoment notable{moment, {}, {}};
        for (const FilterReaction& reaction : filter_reactions(*model_, statistics_, moment)) {
            if (notable.filters.size() < settings_.filter_count) notable.filters.push_back(reaction);
            if (reaction.level.level == 1 && notable.first_level_filters.size() < settings_.filter_count)
                notable.first_level_filters.push_back(reaction);
        }
        return notable;
    }

    std::shared_ptr<const Model> model_;
    ExplainSettings settings_;
    Classifier classifier_;
    MomentStatistics statistics_;
};

Explainer::Explainer(std::shared_ptr<const Model> model, const ExplainSettings& settings)
    : implementation_(std::make_unique<Implementation>(std::move(model), settings)) {}
Explainer::Explainer(Explainer&&) noexcept = default;
Explainer& Explainer::operator=(Explainer&&) noexcept = default;
Explainer::~Explainer() = default;

void Explainer::add(const SegmentMaxima& segment) { implementation_->add(segment); }

std::vector<TagExplanation> Explainer::finish(const ClipResult& clip, std::span<const std::size_t> tags) {
    return implementation_->finish(clip, tags);
}

void Explainer::reset() { implementation_->reset(); }

}  // namespace earmark
