#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"
#include "earmark/model.h"

namespace earmark {

/// One tag of a clip.
struct EARMARK_EXPORT TagProbability {
    std::size_t tag_index = 0;  ///< into Model::tags
    float probability = 0.0F;
    bool present = false;  ///< probability >= the tag's threshold; with softmax the most probable tag alone
};

/// All stages after decoding, composed: samples to tags. The model is shared; a Tagger holds the prepared weights and
/// scratch memory of one thread, and belongs to one thread at a time.
class EARMARK_EXPORT Tagger {
public:
    /// bfloat16 moves a probability by up to 0.01; Error (usage) where the processor cannot run it at all.
    explicit Tagger(std::shared_ptr<const Model> model, Precision precision = Precision::float32);
    Tagger(Tagger&&) noexcept;
    Tagger& operator=(Tagger&&) noexcept;
    ~Tagger();

    const Model& model() const noexcept;

    /// The rate at which the tagger takes audio that is at `sample_rate_hz`: that one, when Spectrogram accepts it,
    /// else the model's, to which the audio is then to be resampled.
    int input_rate_hz(int sample_rate_hz) const noexcept;

    /// A clip that comes in portions of any size, in memory that does not grow with it: start, add, ..., finish. The
    /// portions do not change the result. `sample_rate_hz` is the model's or another that input_rate_hz gives; whatever
    /// came before is forgotten.
    void start(int sample_rate_hz);
    void add(std::span<const float> samples);

    /// Probabilities in the order of Model::tags. Throws Error (damaged_audio) when no sample came, or one that is not
    /// finite; so do the others that take samples.
    std::vector<float> finish();

    /// Every tag of the model, most probable first, equals in the order of Model::tags.
    std::vector<TagProbability> rank(std::span<const float> probabilities) const;

    /// The tags of a whole clip, ranked. `samples` is mono at model().spectrogram.sample_rate_hz.
    std::vector<TagProbability> tag(std::span<const float> samples);

    /// The probabilities alone, in the order of Model::tags.
    std::vector<float> probabilities(std::span<const float> samples);

    /// The clip vector of the paper: model().feature_count() numbers, network after network, level after level;
    /// where the aggregation has deviations, those of a network follow its means.
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
