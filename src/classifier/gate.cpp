#include "earmark/gate.h"

#include <cassert>
#include <cmath>
#include <cstddef>

namespace earmark {
namespace {

double dot(std::span<const float> a, std::span<const double> b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

}  // namespace

GateMeasures measure(const Gate& gate, std::span<const float> standardized_embedding) {
    const std::size_t length = gate.music_weights.size();
    assert(standardized_embedding.size() == length);
    std::vector<double> rest(standardized_embedding.begin(), standardized_embedding.end());
    GateMeasures measures;
    const double score = dot(gate.music_weights, rest) + static_cast<double>(gate.music_bias);
    measures.music_probability = 1.0 / (1.0 + std::exp(-score));
    for (int k = 0; k < gate.component_count; ++k) {
        const auto component = std::span(gate.components).subspan(static_cast<std::size_t>(k) * length, length);
        const double part = dot(component, rest);
        for (std::size_t i = 0; i < length; ++i) rest[i] -= part * static_cast<double>(component[i]);
    }
    double sum = 0.0;
    for (const double value : rest) sum += value * value;
    measures.distance = length == 0 ? 0.0 : std::sqrt(sum / static_cast<double>(length));
    return measures;
}

}  // namespace earmark
