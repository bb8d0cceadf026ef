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

// Segments are run in blocks, so that what was cut is still in the cache when it is run. A multiple of every block of
// Network, which would otherwise compute a part of its last block in vain each time.
constexpr std::size_t block_segments = 64;

SegmentStream make_segment_stream(const Model& model, std::size_t network) {
    return {static_cast<std::size_t>(model.architectures[network].segment_frames),
            static_cast<std::size_t>(model.spectrogram.mel_band_count), block_segments};
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

// One network, and what of a clip has come through it.
struct Scale {
    Network network;
    SegmentStream segments;
    SegmentStatistics statistics;

    void add(std::span<const float> frame) {
        segments.add(frame, [this](std::span<const float> block) { run(block); });
    }
    void finish() {
        segments.finish([this](std::span<const float> block) { run(block); });
    }
    void run(std::span<const float> block) {
        network.visit_level_maxima(block, [this](std::span<const float> maxima) { statistics.add(maxima); });
    }
    void reset() {
        segments.reset();
        statistics.reset();
    }
};

// A part of a model that keeps all of it alive.
template <typename Part>
std::shared_ptr<const Part> part(const std::shared_ptr<const Model>& model, const Part& value) {
    return {model, &value};
}

std::vector<Scale> prepare_scales(const std::shared_ptr<const Model>& model, Precision precision) {
    assert(model->networks.size() == model->architectures.size());
    std::vector<Scale> scales;
    for (std::size_t i = 0; i < model->networks.size(); ++i) {
        const NetworkArchitecture& architecture = model->architectures[i];
        scales.push_back(
            {Network(architecture, model->spectrogram.mel_band_count, part(model, model->networks[i]), precision),
             make_segment_stream(*model, i),
             SegmentStatistics(architecture.feature_count(), model->aggregation.across_segments)});
    }
    return scales;
}

}  // namespace

class Tagger::Implementation {
public:
    Implementation(std::shared_ptr<const Model> model, Precision precision)
        : model_(std::move(model)),
          sample_rate_hz_(model_->spectrogram.sample_rate_hz),
          spectrogram_(model_->spectrogram),
          scales_(prepare_scales(model_, precision)),
          classifier_(part(model_, model_->classifier)),
          normalised_(static_cast<std::size_t>(model_->spectrogram.mel_band_count)) {}

    const Model& model() const { return *model_; }

    void start(int sample_rate_hz) {
        if (sample_rate_hz != sample_rate_hz_) spectrogram_ = Spectrogram(model_->spectrogram, sample_rate_hz);
        sample_rate_hz_ = sample_rate_hz;
        spectrogram_.reset();
        for (Scale& scale : scales_) scale.reset();
        is_empty_ = true;
    }

    void add(std::span<const float> samples) {
        if (!all_finite(samples)) {
            throw Error(ErrorCode::damaged_audio, "the audio has samples that are not finite numbers");
        }
        is_empty_ = is_empty_ && samples.empty();
        spectrogram_.add(samples, [this](std::span<const float> log_mel) { add_frame(log_mel); });
    }

    std::vector<float> finish_clip_vector() {
        if (is_empty_) throw Error(ErrorCode::damaged_audio, "the audio has no samples, at least one was expected");
        spectrogram_.finish([this](std::span<const float> log_mel) { add_frame(log_mel); });
        return finish_frames();
    }

    std::vector<float> clip_vector(const Matrix& log_mel) {
        start(sample_rate_hz_);
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame) add_frame(log_mel.row(frame));
        return finish_frames();
    }

    std::vector<float> probabilities_of(std::vector<float> clip_vector) {
        const std::size_t feature_count = clip_vector.size();
        const Matrix result = classifier_.probabilities(Matrix(1, feature_count, std::move(clip_vector)));
        return calibrated({result.values().begin(), result.values().end()});
    }

    std::vector<float> local_probabilities(std::size_t network_index, const Matrix& log_mel) {
        assert(network_index < scales_.size());
        SegmentStream segments = make_segment_stream(*model_, network_index);
        SegmentStatistics mean(model_->tags.size());
        const auto run = [&](std::span<const float> block) {
            mean.add(scales_[network_index].network.probabilities(block));
        };
        for (std::size_t frame = 0; frame < log_mel.row_count(); ++frame)
            segments.add(normalised(log_mel.row(frame)), run);
        segments.finish(run);
        return mean.value();
    }

private:
    std::vector<float> calibrated(std::vector<float> probabilities) const {
        for (std::size_t i = 0; i < probabilities.size(); ++i) {
            probabilities[i] = model_->tags[i].calibration.apply(probabilities[i]);
        }
        return probabilities;
    }

    std::span<const float> normalised(std::span<const float> log_mel) {
        std::ranges::copy(log_mel, normalised_.begin());
        normalise(normalised_, model_->normalisation);
        return normalised_;
    }

    void add_frame(std::span<const float> log_mel) {
        const auto frame = normalised(log_mel);
        for (Scale& scale : scales_) scale.add(frame);
    }

    std::vector<float> finish_frames() {
        std::vector<float> vector;
        for (Scale& scale : scales_) {
            scale.finish();
            const std::vector<float> statistics = scale.statistics.value();
            vector.insert(vector.end(), statistics.begin(), statistics.end());
        }
        return vector;
    }

    std::shared_ptr<const Model> model_;
    int sample_rate_hz_;
    Spectrogram spectrogram_;
    std::vector<Scale> scales_;
    Classifier classifier_;
    std::vector<float> normalised_;
    bool is_empty_ = true;
};

Tagger::Tagger(std::shared_ptr<const Model> model, Precision precision)
    : implementation_(std::make_unique<Implementation>(std::move(model), precision)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

const Model& Tagger::model() const noexcept { return implementation_->model(); }

int Tagger::input_rate_hz(int sample_rate_hz) const noexcept {
    const SpectrogramSettings& settings = model().spectrogram;
    return Spectrogram::accepts(settings, sample_rate_hz) ? sample_rate_hz : settings.sample_rate_hz;
}

void Tagger::start(int sample_rate_hz) { implementation_->start(sample_rate_hz); }

void Tagger::add(std::span<const float> samples) { implementation_->add(samples); }

std::vector<float> Tagger::finish() { return implementation_->probabilities_of(implementation_->finish_clip_vector()); }

std::vector<TagProbability> Tagger::rank(std::span<const float> probabilities) const {
    assert(probabilities.size() == model().tags.size());
    std::vector<TagProbability> tags(probabilities.size());
    const bool tells_one = model().classifier.output == OutputKind::softmax;
    for (std::size_t index = 0; index < tags.size(); ++index) {
        const bool reaches = probabilities[index] >= model().tags[index].threshold;
        tags[index] = {index, probabilities[index], !tells_one && reaches};
    }
    std::ranges::stable_sort(tags, std::ranges::greater(), &TagProbability::probability);
    if (tells_one && !tags.empty()) tags.front().present = true;
    return tags;
}

std::vector<TagProbability> Tagger::tag(std::span<const float> samples) { return rank(probabilities(samples)); }

std::vector<float> Tagger::probabilities(std::span<const float> samples) {
    return implementation_->probabilities_of(clip_vector(samples));
}

std::vector<float> Tagger::clip_vector(std::span<const float> samples) {
    start(model().spectrogram.sample_rate_hz);
    add(samples);
    return implementation_->finish_clip_vector();
}

std::vector<float> Tagger::clip_vector(const Matrix& log_mel) { return implementation_->clip_vector(log_mel); }

std::vector<float> Tagger::local_probabilities(std::size_t network_index, const Matrix& log_mel) {
    return implementation_->local_probabilities(network_index, log_mel);
}

}  // namespace earmark
