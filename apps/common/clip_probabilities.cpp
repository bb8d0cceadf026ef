#include "apps/common/clip_probabilities.h"

#include <span>

#include "earmark/decode.h"

namespace earmark {

std::optional<ClipProbabilities> clip_probabilities(Tagger& tagger, const std::filesystem::path& path,
                                                    const std::stop_token& stop) {
    constexpr std::size_t portion_samples = 16384;
    AudioReader reader(path);
    const int sample_rate_hz = tagger.input_rate_hz(reader.sample_rate_hz());
    reader.set_sample_rate_hz(sample_rate_hz);
    tagger.start(sample_rate_hz);

    std::vector<float> portion(portion_samples);
    std::size_t sample_count = 0;
    while (const std::size_t count = reader.read(portion)) {
        if (stop.stop_requested()) return std::nullopt;
        tagger.add(std::span(portion).first(count));
        sample_count += count;
    }
    return ClipProbabilities{tagger.finish(), static_cast<double>(sample_count) / sample_rate_hz, reader.warning()};
}

}  // namespace earmark
