#include "earmark/tagger.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <utility>

#include "earmark/aggregation.h"
#include "earmark/error.h"

namespace earmark {
namespace {

// Segments are cut and run in portions, so that memory beyond the log-mel spectrogram does not grow with the clip and
// what was cut is still in the cache when it is run. A multiple of every block of Network, which would otherwise
// compute a part of its last block in vain each time.
constexpr std::size_t portion_segments = 64;

// Mean over the clip's segments of what `run` (Matrix of segments -> segments x column_count) makes of them.
template <typename Run>
std::vector<float> mean_over_segments(const Matrix& log_mel, const NetworkArchitecture& architecture,
                                      std::size_t column_count, Run&& run) {
    const auto segment_frames = static_cast<std::size_t>(architecture.segment_frames);
    const std::size_t total = segment_starts(log_mel.row_count(), segment_frames).size();
    SegmentMean mean(column_count);
    for (std::size_t first = 0; first < total; first += portion_segments) {
        const std::size_t count = std::min(portion_segments, total - first);
        mean.add(run(cut_segments(log_mel, segment_frames, first, count)));
    }
    return mean.value();
}

// On bits and without an early end, so that the compiler vectorises it: the spectrogram does not let such samples
// through to where they could be noticed more cheaply.
bool all_finite(std::span<const float> samples) {
    constexpr std::uint32_t exponent = 0x7F800000;  // all ones in infinities and in what is not a number
    std::uint32_t is_bad = 0;
    for (const float sample : samples) {
        is_bad |= static_cast<std::uint32_t>((std::bit_cast<std::uint32_t>(sample) & exponent) == exponent);
    }
    return is_bad == 0;
}

void check_samples(std::span<const float> samples) {
    if (samples.empty()) {
        throw Error(ErrorCode::damaged_audio, "the audio has no samples, at least one was expected");
    }
    if (!all_finite(samples)) {
        throw Error(ErrorCode::damaged_audio, "the audio has samples that are not finite numbers");
    }
}

std::vector<Network> prepare_networks(const Model& model) {
    assert(model.networks.size() == model.architectures.size());
    std::vector<Network> networks;
    for (std::size_t index = 0; index < model.networks.size(); ++index) {
        networks.emplace_back(model.architectures[index], model.spectrogram.mel_band_count, model.networks[index]);
    }
    return networks;
}

}  // namespace

class Tagger::Implementation {
public:
    explicit Implementation(std::shared_ptr<const Model> model)
        : model_(std::move(model)),
          spectrogram_(model_->spectrogram),
          networks_(prepare_networks(*model_)),
          classifier_(model_->classifier) {}

    const Model& model() const { return *model_; }

    std::vector<TagProbability> tag(std::span<const float> samples) {
        const std::vector<float> values = probabilities(samples);
        assert(values.size() == model_->tags.size());
        std::vector<TagProbability> tags(values.size());
        for (std::size_t index = 0; index < values.size(); ++index) {
            tags[index] = {index, values[index], values[index] >= model_->tags[index].threshold};
        }
        std::ranges::stable_sort(tags, std::ranges::greater(), &TagProbability::probability);
        return tags;
    }

    std::vector<float> probabilities(std::span<const float> samples) {
        std::vector<float> vector = clip_vector(samples);
        const std::size_t feature_count = vector.size();
        const Matrix result = classifier_.probabilities(Matrix(1, feature_count, std::move(vector)));
        return {result.values().begin(), result.values().end()};
    }

    std::vector<float> clip_vector(std::span<const float> samples) {
        check_samples(samples);
        return clip_vector(spectrogram_.compute(samples));
    }

    std::vector<float> clip_vector(Matrix log_mel) {
        normalise(log_mel.values(), model_->normalisation);
        std::vector<float> vector;
        for (Network& network : networks_) {
            const NetworkArchitecture& architecture = network.architecture();
            const auto means =
                mean_over_segments(log_mel, architecture, architecture.feature_count(),
                                   [&](const Matrix& segments) { return network.level_maxima(segments); });
            vector.insert(vector.end(), means.begin(), means.end());
        }
        return vector;
    }

    std::vector<float> local_probabilities(std::size_t network_index, Matrix log_mel) {
        assert(network_index < networks_.size());
        Network& network = networks_[network_index];
        normalise(log_mel.values(), model_->normalisation);
        return mean_over_segments(log_mel, network.architecture(), model_->tags.size(),
                                  [&](const Matrix& segments) { return network.probabilities(segments); });
    }

private:
    std::shared_ptr<const Model> model_;
    Spectrogram spectrogram_;
    std::vector<Network> networks_;
    Classifier classifier_;
};

Tagger::Tagger(std::shared_ptr<const Model> model)
    : implementation_(std::make_unique<Implementation>(std::move(model))) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

const Model& Tagger::model() const noexcept { return implementation_->model(); }

std::vector<TagProbability> Tagger::tag(std::span<const float> samples) { return implementation_->tag(samples); }

std::vector<float> Tagger::probabilities(std::span<const float> samples) {
    return implementation_->probabilities(samples);
}

std::vector<float> Tagger::clip_vector(std::span<const float> samples) { return implementation_->clip_vector(samples); }

std::vector<float> Tagger::clip_vector(const Matrix& log_mel) { return implementation_->clip_vector(log_mel); }

std::vector<float> Tagger::local_probabilities(std::size_t network_index, const Matrix& log_mel) {
    return implementation_->local_probabilities(network_index, log_mel);
}

}  // namespace earmark
