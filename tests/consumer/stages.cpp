// stages FILE: the stages one by one, up to what a network finds: which filter is the most active one, and when.
#include <earmark/earmark.h>

#include <iostream>
#include <span>
#include <vector>

int main(int argument_count, char** arguments) try {
    if (argument_count != 2) return 2;
    const auto model = earmark::default_model();
    const earmark::NetworkArchitecture& scale = model->architectures.front();
    const auto segment_frames = static_cast<std::size_t>(scale.segment_frames);
    const int band_count = model->spectrogram.mel_band_count;
    earmark::Spectrogram spectrogram(model->spectrogram);
    earmark::SegmentStream segments(segment_frames, static_cast<std::size_t>(band_count), 1);  // one in a block
    earmark::Network network(scale, band_count, model->networks.front());

    struct {
        float activation;
        std::size_t segment, frame, filter;
    } most{};
    std::size_t frame_count = 0, segment_count = 0;
    const auto look = [&](std::span<const float> segment) {
        const earmark::Matrix first_level = network.activations(segment).front();  // frames x filters
        for (std::size_t frame = 0; frame < first_level.row_count(); ++frame)
            for (std::size_t filter = 0; filter < first_level.column_count(); ++filter)
                if (first_level(frame, filter) > most.activation)
                    most = {first_level(frame, filter), segment_count, frame, filter};
        ++segment_count;
    };
    const auto add = [&](std::span<const float> log_mel) {
        std::vector<float> frame(log_mel.begin(), log_mel.end());
        earmark::normalize(frame, model->normalization);
        segments.add(frame, look);
        ++frame_count;
    };
    spectrogram.add(earmark::decode_file(arguments[1], model->spectrogram.sample_rate_hz).audio.samples, add);
    spectrogram.finish(add);
    segments.finish(look);

    const std::size_t start = earmark::segment_starts(frame_count, segment_frames)[most.segment];
    const double seconds = static_cast<double>(start + most.frame) / model->spectrogram.frames_per_second();
    std::cout << "filter " << most.filter << " at " << seconds << " s: " << most.activation << '\n';
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
