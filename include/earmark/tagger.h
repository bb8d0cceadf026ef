#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "earmark/matrix.h"
#include "earmark/model.h"

namespace earmark {

/// One tag of a clip.
struct TagProbability {
    std::size_t tag_index = 0;  ///< into Model::tags
    float probability = 0.0F;
    bool present = false;  ///< probability >= the tag's threshold
};

/// All stages after decoding, composed: samples to tags. The model is shared; a Tagger holds the prepared weights and
/// scratch memory of one thread, and belongs to one thread at a time.
class Tagger {
public:
    explicit Tagger(std::shared_ptr<const Model> model);
    Tagger(Tagger&&) noexcept;
    Tagger& operator=(Tagger&&) noexcept;
    ~Tagger();

    const Model& model() const noexcept;

    /// Every tag of the model, most probable first, equals in the order of Model::tags. `samples` is mono at
    /// model().spectrogram.sample_rate_hz. Throws Error (damaged_audio) when there is no sample, or one that is not
    /// finite; so do the others that take samples.
    std::vector<TagProbability> tag(std::span<const float> samples);

    /// The probabilities alone, in the order of Model::tags.
    std::vector<float> probabilities(std::span<const float> samples);

    /// The clip vector of the paper: model().feature_count() numbers, network after network, level after level.
    std::vector<float> clip_vector(std::span<const float> samples);

    /// As clip_vector, from a log-mel spectrogram (frames x mel_bands, not normalised) with at least one frame.
    std::vector<float> clip_vector(const Matrix& log_mel);

    /// The local model of one network: its probabilities averaged over the segments, in the order of Model::tags.
    std::vector<float> local_probabilities(std::size_t network_index, const Matrix& log_mel);

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
