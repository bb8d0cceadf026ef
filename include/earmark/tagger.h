#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/export.h"
#include "earmark/model.h"
#include "earmark/precision.h"
#include "earmark/segments.h"
#include "earmark/spectrogram.h"

namespace earmark {

/// What samples are: interleaved channels (left, right, left, ...), each nominally within [-1, 1].
struct EARMARK_EXPORT AudioFormat {
    int sample_rate_hz = 44'100;  ///< within [100, 3 000 000]
    int channel_count = 1;        ///< within [1, 64]
};

/// Whether there was enough to hear for tags and, where the model has a gate, whether it was music like that which the
/// model learned from. Always `ok` with TaggerOptions::plain.
enum class ClipStatus : std::uint8_t {
    ok,               ///< the model has no gate
    silent,           ///< no frame of the clip is audible; the probabilities are all 0
    too_short,        ///< less than shortest_sound_s of it is audible; the probabilities are all 0
    channels_cancel,  ///< the channels nearly cancel each other, and were not averaged (TaggerOptions::plain)
    known,            ///< music like that of the training; with a gate, instead of `ok`
    unsure,           ///< unlike the training clips: the tags are a guess
    not_music,        ///< does not sound like music; the probabilities are all 0
};

/// Whether a clip may have tags: false for silent, too_short and not_music, whose probabilities are all 0.
constexpr bool has_tags(ClipStatus status) noexcept {
    return status != ClipStatus::silent && status != ClipStatus::too_short && status != ClipStatus::not_music;
}

/// "ok", "silent", "too_short", "channels_cancel", "known", "unsure", "not_music": the names of the enumerators.
EARMARK_EXPORT std::string_view to_string(ClipStatus status) noexcept;

/// Less sound than this has no tags. docs/decisions/056 has the measurements.
inline constexpr double shortest_sound_s = 0.2;

/// What a model predicts of a clip. A plain value.
struct EARMARK_EXPORT ClipResult {
    std::vector<float> probabilities;  ///< in the order of Model::tags, each within [0, 1]
    std::vector<float> embedding;      ///< Model::feature_count() numbers; embedding_layout() has their order
    double duration_s = 0.0;           ///< of what was used
    ClipStatus status = ClipStatus::ok;
    std::string warning;  ///< empty, or one line on what was wrong although there is a result; does not name the file
};

/// How a Tagger computes. A plain value.
struct EARMARK_EXPORT TaggerOptions {
    /// bfloat16 changes a probability by up to 0.01.
    Precision precision = Precision::automatic;

    /// The method as it was published: channels are averaged with equal weights, every segment of a clip counts, also
    /// where it is silent, and every clip has tags; the model's gate is not used.
    ///
    /// Without it, channels that are silent throughout do not count. Channels that cancel each other are not averaged:
    /// half the difference of two is taken, or one of more. A constant offset is removed, and samples far beyond full
    /// scale are scaled. Segments begin with the first audible frame, and those without one are left out. A clip that
    /// has nothing of that gives the same numbers either way. A frame is audible when a value of its log-mel
    /// spectrogram reaches that of white noise at -70 dB of full scale, or of a tone at about -85 dB.
    bool plain = false;

    /// Samples are multiplied by 10^(gain_db / 20) before they are analyzed, to measure what level does; within [-120,
    /// 120].
    double gain_db = 0.0;
};

/// The whole model at work: samples to probabilities and embedding, in one pass and in memory that does not grow with
/// the clip. The model is shared; a Tagger holds the prepared weights and the scratch memory of one thread,
/// and belongs to one thread at a time.
class EARMARK_EXPORT Tagger {
public:
    /// Takes some 10 ms: reuse a Tagger for many clips. Throws Error (usage) when this processor cannot run the
    /// precision at all, or an option is out of range. REQUIRES: a model that passes its check(), as every one does
    /// that was read from a file.
    explicit Tagger(std::shared_ptr<const Model> model, const TaggerOptions& options = {});
    Tagger(Tagger&&) noexcept;
    Tagger& operator=(Tagger&&) noexcept;
    ~Tagger();

    const Model& model() const noexcept;
    const TaggerOptions& options() const noexcept;

    /// From the next start() on, `visit` is called for every segment of every clip, by add() and finish(); what it
    /// throws goes through them. An empty one ends that. The results stay the same.
    void visit_segments(SegmentVisitor visit);

    /// Likewise for every frame of the log-mel spectrogram as the networks get it: Spectrogram's, normalized
    /// (Model::normalization).
    void visit_frames(FrameVisitor visit);

    /// Begins a clip; whatever came before is forgotten. Channels are averaged with equal weights: those that sound
    /// (TaggerOptions::plain). At most 47 s at 44.1 kHz are held back until that is decided. Audio at the rate of
    /// the model, or at 2, 4 or 8 times that rate (22.05, 44.1, 88.2 and 176.4 kHz with the default model), is analyzed
    /// as it is, which is fastest (Spectrogram::accepts); any other rate is resampled by soxr at its high quality
    /// setting. Throws Error (usage) that names the field when the format is out of range.
    void start(const AudioFormat& format);

    /// Any number of samples, interleaved; portions may end in the middle of a frame and do not change the result.
    /// Throws Error (damaged_audio) when a sample is not a finite number; the clip is lost then. REQUIRES: start().
    void add(std::span<const float> interleaved);

    /// The result of the clip; then start() begins the next one. A last frame that lacks channels is left out, with a
    /// warning. Throws Error (damaged_audio) when no frame came.
    ///
    /// Where more than a thousandth of the first 2^17 samples of sound are beyond 2, all samples are divided by their
    /// peak, or from a peak of 256 on by the least of 2^15, 2^23 and 2^31 that fits, with a warning. Where more than a
    /// thousandth are beyond 2 only later, a warning reports it; beyond 16, Error (damaged_audio) is thrown. A clip
    /// whose power is below -40 dB of full scale over each 2^14 samples is very quiet, with a warning.
    ClipResult finish();

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// A whole clip that is in memory: start, add, finish. Throws Error, as these do.
EARMARK_EXPORT ClipResult tag_samples(Tagger& tagger, std::span<const float> interleaved, const AudioFormat& format);

/// What this machine predicts, in float32, of the signal of the model's self-test (self_test_signal): within
/// SelfTest::tolerance of SelfTest::probabilities where all is well. In the order of Model::tags.
EARMARK_EXPORT std::vector<float> self_test_probabilities(std::shared_ptr<const Model> model);

/// One tag of a clip.
struct EARMARK_EXPORT RankedTag {
    std::size_t tag_index = 0;  ///< into Model::tags
    float probability = 0.0F;
    bool present = false; /**< probability >= the tag's threshold; with softmax only the most probable tag; never with
                               a probability of 0 */
};

/// Every tag of the model, most probable first, equals in the order of Model::tags. `probabilities` are those of a
/// ClipResult. REQUIRES: one for each tag of the model. Thread-safe.
EARMARK_EXPORT std::vector<RankedTag> rank(const Model& model, std::span<const float> probabilities);

}  // namespace earmark
