#include "earmark/tagger.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include "base/memory_left.h"
#include "channels/channel_mix.h"
#include "earmark/embedding.h"
#include "earmark/error.h"
#include "earmark/spectrogram.h"
#include "resample/resampler.h"
#include "tagger/clip_embedder.h"
#include "tagger/input_level.h"
#include "tagger/loudest_moment.h"
#include "tagger/part_of_model.h"

namespace earmark {
namespace {

// As for files: beyond these no music was ever stored.
constexpr int least_rate_hz = 100;
constexpr int greatest_rate_hz = 3'000'000;

void check(const AudioFormat& format) {
    if (format.sample_rate_hz < least_rate_hz || format.sample_rate_hz > greatest_rate_hz) {
        throw Error(ErrorCode::usage,
                    "sample_rate_hz is " + std::to_string(format.sample_rate_hz) + "; expected 100 to 3000000");
    }
    if (format.channel_count < 1 || format.channel_count > static_cast<int>(most_channels)) {
        throw Error(ErrorCode::usage,
                    "channel_count is " + std::to_string(format.channel_count) + "; expected 1 to 64");
    }
}

float factor_of(double gain_db) {
    constexpr double greatest_gain_db = 120.0;
    if (std::abs(gain_db) <= greatest_gain_db) return static_cast<float>(std::pow(10.0, gain_db / 20.0));
    throw Error(ErrorCode::usage, "gain_db is " + std::to_string(gain_db) + "; expected -120 to 120");
}

std::string seconds(double duration_s) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f s", duration_s);
    return text;
}

// oneDNN ends the process where it gets no memory. The default model needs a third of this.
std::shared_ptr<const Model> with_memory_to_run(std::shared_ptr<const Model> model) {
    require_memory(std::size_t{96} << 20);
    return model;
}

}  // namespace

// In the order in which a sample goes through: channel_mix_, input_level_, resampler_ where the spectrogram does
// not take the rate, spectrogram_, embedder_, and at the end of the clip classifier_.
class Tagger::Implementation {
public:
    Implementation(std::shared_ptr<const Model> model, const TaggerOptions& options)
        : model_(with_memory_to_run(std::move(model))),
          options_(options),
          gain_(factor_of(options.gain_db)),
          embedder_(model_, options.precision, options.plain),
          classifier_(part_of_model(model_, model_->classifier)) {}

    const Model& model() const { return *model_; }
    const TaggerOptions& options() const { return options_; }

    void visit_segments(SegmentVisitor visit) { embedder_.visit_segments(std::move(visit)); }
    void visit_frames(FrameVisitor visit) { embedder_.visit_frames(std::move(visit)); }

    void start(const AudioFormat& format) {
        check(format);
        const bool is_accepted = Spectrogram::accepts(model_->spectrogram, format.sample_rate_hz);
        prepare_resampler(format.sample_rate_hz, is_accepted);
        prepare_spectrogram(is_accepted ? format.sample_rate_hz : model_->spectrogram.sample_rate_hz);
        channel_mix_.start(static_cast<std::size_t>(format.channel_count), options_.plain);
        input_level_.start(options_.plain);
        loudest_moment_.start();
        embedder_.reset();
        rate_hz_ = format.sample_rate_hz;
        sample_count_ = 0;
    }

    void add(std::span<const float> interleaved) {
        channel_mix_.add(interleaved, [this](std::span<const float> mono) { add_mono(mono); });
    }

    ClipResult finish() {
        channel_mix_.finish([this](std::span<const float> mono) { add_mono(mono); });
        if (sample_count_ == 0) {
            throw Error(ErrorCode::damaged_audio, "the audio has no samples; expected at least one");
        }
        input_level_.finish([this](std::span<const float> samples) { add_leveled(samples); });
        loudest_moment_.finish();
        if (resampler_) flush_resampler();
        spectrogram_->finish([this](std::span<const float> log_mel) { embedder_.add(log_mel); });
        ClipResult result;
        result.duration_s = static_cast<double>(sample_count_) / rate_hz_;
        const double sound_s = sound_duration_s(result.duration_s);
        const ClipStatus heard = status_of(sound_s);
        result.warning = warning(heard, sound_s);
        result.embedding = embedder_.finish();
        result.status = gated_status(heard, result.embedding);
        result.probabilities = probabilities_of(result.embedding);
        if (!has_tags(result.status)) std::ranges::fill(result.probabilities, 0.0F);
        sample_count_ = 0;
        return result;
    }

private:
    double sound_duration_s(double duration_s) const {
        const double frames_per_s = model_->spectrogram.frames_per_second();
        return std::min(duration_s, static_cast<double>(embedder_.audible_frame_count()) / frames_per_s);
    }

    ClipStatus status_of(double sound_s) const {
        if (options_.plain) return ClipStatus::ok;
        if (embedder_.audible_frame_count() == 0) return ClipStatus::silent;
        if (sound_s < shortest_sound_s) return ClipStatus::too_short;
        return channel_mix_.channels_cancel() ? ClipStatus::channels_cancel : ClipStatus::ok;
    }

    // A clip whose channels cancel each other keeps its status, unless the gate finds worse. Its warning reports them
    // in any case.
    ClipStatus gated_status(ClipStatus heard, const std::vector<float>& embedding) const {
        if (!model_->gate || options_.plain || !has_tags(heard)) return heard;
        const GateMeasures measures = measure(*model_->gate, standardized_embedding(*model_, embedding));
        if (measures.music_probability < static_cast<double>(model_->gate->least_music_probability))
            return ClipStatus::not_music;
        if (measures.distance > static_cast<double>(model_->gate->greatest_distance)) return ClipStatus::unsure;
        return heard == ClipStatus::ok ? ClipStatus::known : heard;
    }

    std::string warning(ClipStatus status, double sound_s) const {
        std::string text;
        const auto add = [&text](const std::string& part) {
            text += (text.empty() || part.empty() ? "" : "; ") + part;
        };
        if (status == ClipStatus::silent) add("silent: no tags");
        if (status == ClipStatus::too_short) add("too short: " + seconds(sound_s) + " of sound has no tags");
        if (status == ClipStatus::channels_cancel) add(channels_cancel_warning);
        if (has_tags(status) && !options_.plain && loudest_moment_.is_quiet()) add(quiet_warning());
        add(input_level_.warning());
        if (channel_mix_.has_incomplete_frame()) add("the last frame lacks channels and was left out");
        return text;
    }

    std::string quiet_warning() const {
        const auto level_db = static_cast<long>(std::floor(loudest_moment_.level_db()));
        return "very quiet, " + std::to_string(level_db) + " dB where it is loudest: the tags are unsure";
    }

    std::vector<float> probabilities_of(const std::vector<float>& embedding) {
        const Matrix outputs = classifier_.probabilities(Matrix(1, embedding.size(), embedding));
        std::vector<float> probabilities(outputs.values().begin(), outputs.values().end());
        for (std::size_t tag = 0; tag < probabilities.size(); ++tag)
            probabilities[tag] = model_->tags[tag].calibration.apply(probabilities[tag]);
        return probabilities;
    }

    void prepare_resampler(int rate_hz, bool is_accepted) {
        resampler_.reset();
        if (is_accepted) return;
        try {
            resampler_.emplace(rate_hz, model_->spectrogram.sample_rate_hz);
        } catch (const std::runtime_error&) {
            throw Error(ErrorCode::usage, "sample_rate_hz is " + std::to_string(rate_hz) +
                                              ", which cannot be resampled to " +
                                              std::to_string(model_->spectrogram.sample_rate_hz));
        }
        constexpr std::size_t portion_samples = 16'384;
        resampled_.resize(portion_samples);
    }

    void prepare_spectrogram(int rate_hz) {
        if (rate_hz != spectrogram_rate_hz_) spectrogram_.emplace(model_->spectrogram, rate_hz);
        spectrogram_rate_hz_ = rate_hz;
        spectrogram_->reset();
    }

    void add_mono(std::span<const float> samples) {
        sample_count_ += samples.size();
        input_level_.add(samples, [this](std::span<const float> leveled) { add_leveled(leveled); });
    }

    void add_leveled(std::span<const float> samples) {
        if (!options_.plain) loudest_moment_.add(samples);
        if (gain_ != 1.0F) samples = amplified(samples);
        if (!resampler_) return analyze(samples);
        while (!samples.empty()) {
            const Resampler::Progress progress = resampler_->process(samples, resampled_);
            samples = samples.subspan(progress.consumed_samples);
            analyze(std::span(resampled_).first(progress.produced_samples));
        }
    }

    std::span<const float> amplified(std::span<const float> samples) {
        amplified_.resize(samples.size());
        std::ranges::transform(samples, amplified_.begin(), [this](float sample) { return sample * gain_; });
        return amplified_;
    }

    void flush_resampler() {
        while (const std::size_t count = resampler_->flush(resampled_)) analyze(std::span(resampled_).first(count));
    }

    void analyze(std::span<const float> samples) {
        spectrogram_->add(samples, [this](std::span<const float> log_mel) { embedder_.add(log_mel); });
    }

    std::shared_ptr<const Model> model_;
    TaggerOptions options_;
    ChannelMix channel_mix_;
    InputLevel input_level_;
    LoudestMoment loudest_moment_;
    std::optional<Resampler> resampler_;
    std::vector<float> resampled_;
    float gain_;
    std::vector<float> amplified_;
    int spectrogram_rate_hz_ = 0;
    std::optional<Spectrogram> spectrogram_;  ///< made when a clip starts: only then its rate is known
    ClipEmbedder embedder_;
    Classifier classifier_;
    int rate_hz_ = 1;               ///< of the clip
    std::size_t sample_count_ = 0;  ///< frames of the clip so far
};

Tagger::Tagger(std::shared_ptr<const Model> model, const TaggerOptions& options)
    : implementation_(std::make_unique<Implementation>(std::move(model), options)) {}
Tagger::Tagger(Tagger&&) noexcept = default;
Tagger& Tagger::operator=(Tagger&&) noexcept = default;
Tagger::~Tagger() = default;

const Model& Tagger::model() const noexcept { return implementation_->model(); }

const TaggerOptions& Tagger::options() const noexcept { return implementation_->options(); }

void Tagger::visit_segments(SegmentVisitor visit) { implementation_->visit_segments(std::move(visit)); }

void Tagger::visit_frames(FrameVisitor visit) { implementation_->visit_frames(std::move(visit)); }

void Tagger::start(const AudioFormat& format) { implementation_->start(format); }

void Tagger::add(std::span<const float> interleaved) { implementation_->add(interleaved); }

ClipResult Tagger::finish() { return implementation_->finish(); }

ClipResult tag_samples(Tagger& tagger, std::span<const float> interleaved, const AudioFormat& format) {
    tagger.start(format);
    tagger.add(interleaved);
    return tagger.finish();
}

}  // namespace earmark
