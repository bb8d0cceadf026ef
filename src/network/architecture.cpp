#include <cstdint>
#include <string>

#include "earmark/error.h"
#include "earmark/network.h"

namespace earmark {
namespace {

constexpr int max_segment_frames = 100'000;
constexpr int max_channel_count = 65'536;
constexpr std::size_t max_layer_count = 64;
// Of one layer's weights, and of one segment's activation at one level: 1 GiB. No size computed from an architecture
// that passes can then overflow.
constexpr std::int64_t max_value_count = std::int64_t{1} << 28;

[[noreturn]] void refuse(const std::string& field, const std::string& expected) {
    throw Error(ErrorCode::usage, field + ": expected " + expected);
}

void check_range(const std::string& field, std::int64_t value, std::int64_t highest) {
    if (value < 1 || value > highest) {
        refuse(field, "1 to " + std::to_string(highest) + ", not " + std::to_string(value));
    }
}

void check_size(const std::string& field, const std::string& what, std::int64_t value_count) {
    if (value_count > max_value_count) {
        refuse(field,
               "at most " + std::to_string(max_value_count) + " " + what + ", not " + std::to_string(value_count));
    }
}

// Returns the frames that are left after the layer.
std::int64_t check_layer(const ConvolutionLayer& layer, const std::string& field, std::int64_t frame_count,
                         std::int64_t input_count) {
    check_range(field + ".kernel_frames", layer.kernel_frames, max_segment_frames);
    check_range(field + ".filter_count", layer.filter_count, max_channel_count);
    check_range(field + ".pool_frames", layer.pool_frames, max_segment_frames);
    // Each product of two is far below 2^63, and checked before the next factor.
    check_size(field + ".filter_count", "weights", input_count * layer.filter_count);
    check_size(field + ".kernel_frames", "weights", input_count * layer.filter_count * layer.kernel_frames);
    check_size(field + ".filter_count", "values a segment", frame_count * layer.filter_count);
    if (layer.pool_frames > frame_count) {
        refuse(field + ".pool_frames", "at most the " + std::to_string(frame_count) + " frames that are left, not " +
                                           std::to_string(layer.pool_frames));
    }
    return frame_count / layer.pool_frames;
}

}  // namespace

std::size_t NetworkArchitecture::feature_count() const noexcept {
    std::size_t count = 0;
    for (const ConvolutionLayer& layer : layers) {
        count += static_cast<std::size_t>(layer.filter_count);
    }
    return count;
}

int NetworkArchitecture::output_frames() const noexcept {
    int frame_count = segment_frames;
    for (const ConvolutionLayer& layer : layers) {
        frame_count = layer.pool_frames > 0 ? frame_count / layer.pool_frames : 0;
    }
    return frame_count;
}

void NetworkArchitecture::check() const {
    check_range("segment_frames", segment_frames, max_segment_frames);
    if (layers.empty() || layers.size() > max_layer_count) {
        refuse("layers", "1 to " + std::to_string(max_layer_count) + " layers, not " + std::to_string(layers.size()));
    }
    std::int64_t frame_count = segment_frames;
    std::int64_t input_count = 1;  // the mel bands are not known here
    for (std::size_t index = 0; index < layers.size(); ++index) {
        frame_count = check_layer(layers[index], "layers[" + std::to_string(index) + "]", frame_count, input_count);
        input_count = layers[index].filter_count;
    }
    check_range("dense_unit_count", dense_unit_count, max_channel_count);
    check_size("dense_unit_count", "weights", frame_count * input_count * dense_unit_count);
}

}  // namespace earmark
