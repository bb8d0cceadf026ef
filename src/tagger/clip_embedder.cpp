#include "tagger/clip_embedder.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "tagger/part_of_model.h"

namespace earmark {
namespace {

// Segments are run in blocks, so that what was cut is still in the cache when it is run, and a short clip touches
// little memory. A multiple of every block of Network, which would otherwise compute some of its last block in vain
// each time.
std::size_t block_segment_count(int segment_frames) { return segment_frames < 16 ? 64 : 16; }

}  // namespace

ClipEmbedder::ClipEmbedder(std::shared_ptr<const Model> model, Precision precision, bool plain)
    : model_(std::move(model)),
      scales_(prepare_scales(model_, precision)),
      normalized_(static_cast<std::size_t>(model_->spectrogram.mel_band_count)),
      audible_log_mel_(plain ? std::numeric_limits<float>::lowest() : audible_log_mel(model_->spectrogram)) {}

std::vector<ClipEmbedder::Scale> ClipEmbedder::prepare_scales(const std::shared_ptr<const Model>& model,
                                                              Precision precision) {
    assert(model->networks.size() == model->architectures.size());
    const int band_count = model->spectrogram.mel_band_count;
    std::vector<Scale> scales;
    for (std::size_t i = 0; i < model->networks.size(); ++i) {
        const NetworkArchitecture& architecture = model->architectures[i];
        scales.push_back(
            {Network(architecture, band_count, part_of_model(model, model->networks[i]), precision),
             SegmentStream(static_cast<std::size_t>(architecture.segment_frames), static_cast<std::size_t>(band_count),
                           block_segment_count(architecture.segment_frames)),
             SegmentStatistics(architecture.feature_count(), model->aggregation.across_segments),
             AudibleSegments(static_cast<std::size_t>(architecture.segment_frames))});
    }
    return scales;
}

// Silence counts while there is nothing else.
void ClipEmbedder::Scale::add(std::span<const float> maxima, bool is_audible) {
    if (!is_audible && sound_seen) return;
    if (is_audible && !sound_seen) statistics.reset();
    sound_seen = is_audible;
    statistics.add(maxima);
}

// The last segment is moved back (segment_starts).
std::size_t ClipEmbedder::first_frame_of_next_segment(std::size_t scale) const {
    const auto segment_frames = static_cast<std::size_t>(model_->architectures[scale].segment_frames);
    const std::size_t cut_count = frame_count_ - first_cut_frame_;
    const std::size_t latest = cut_count - std::min(cut_count, segment_frames);
    return first_cut_frame_ + std::min(scales_[scale].segment_count * segment_frames, latest);
}

void ClipEmbedder::run(std::size_t index, std::span<const float> block) {
    Scale& scale = scales_[index];
    std::size_t segment = 0;
    scale.network.visit_level_maxima(block, [&](std::span<const float> maxima) {
        const bool is_audible = scale.audible.segments()[segment++];
        scale.add(maxima, is_audible);
        if (visit_) visit_({index, first_frame_of_next_segment(index), is_audible, maxima});
        ++scale.segment_count;
    });
    scale.audible.forget();
}

void ClipEmbedder::run_last(std::size_t index) {
    Scale& scale = scales_[index];
    scale.audible.finish();
    scale.segments.finish([this, index](std::span<const float> block) { run(index, block); });
}

// Who visits segments gets those of the silence, too, where it is long enough for one.
void ClipEmbedder::begin_at_sound() {
    for (std::size_t i = 0; i < scales_.size(); ++i) {
        Scale& scale = scales_[i];
        if (frame_count_ >= static_cast<std::size_t>(model_->architectures[i].segment_frames)) run_last(i);
        scale.segments.reset();
        scale.audible.reset();
        scale.segment_count = 0;
    }
    first_cut_frame_ = frame_count_;
}

void ClipEmbedder::reset() noexcept {
    for (Scale& scale : scales_) {
        scale.segments.reset();
        scale.statistics.reset();
        scale.audible.reset();
        scale.sound_seen = false;
        scale.segment_count = 0;
    }
    frame_count_ = 0;
    first_cut_frame_ = 0;
    audible_frame_count_ = 0;
}

void ClipEmbedder::add(std::span<const float> log_mel) {
    // In music it is one of the first bands.
    const bool is_audible = std::ranges::any_of(log_mel, [this](float value) { return value >= audible_log_mel_; });
    if (is_audible && audible_frame_count_++ == 0 && frame_count_ > 0) begin_at_sound();
    std::ranges::copy(log_mel, normalized_.begin());
    normalize(normalized_, model_->normalization);
    if (visit_frame_) visit_frame_(normalized_);
    for (std::size_t i = 0; i < scales_.size(); ++i) {
        scales_[i].segments.add(normalized_, [this, i](std::span<const float> block) { run(i, block); });
        scales_[i].audible.add(is_audible);
    }
    ++frame_count_;
}

std::vector<float> ClipEmbedder::finish() {
    std::vector<float> embedding;
    embedding.reserve(model_->feature_count());
    for (std::size_t i = 0; i < scales_.size(); ++i) {
        run_last(i);
        const std::vector<float> statistics = scales_[i].statistics.value();
        embedding.insert(embedding.end(), statistics.begin(), statistics.end());
    }
    reset();
    return embedding;
}

}  // namespace earmark
