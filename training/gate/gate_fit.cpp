#include "training/gate/gate_fit.h"

#include <torch/optim/lbfgs.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "training/fit/tensors.h"

namespace earmark {
namespace {

torch::Tensor doubles(const Matrix& matrix) { return to_tensor(matrix).to(torch::kFloat64); }

struct LogisticRegression {
    torch::Tensor weights;
    double bias = 0.0;
};

// Both classes have the same weight in the mean of the losses.
LogisticRegression fit_logistic_regression(const Matrix& positives, const Matrix& negatives) {
    constexpr double weight_decay = 0.01;
    const torch::Tensor positive_rows = doubles(positives);
    const torch::Tensor negative_rows = doubles(negatives);
    torch::Tensor weights = torch::zeros({positive_rows.size(1)}, torch::kFloat64).requires_grad_();
    torch::Tensor bias = torch::zeros({1}, torch::kFloat64).requires_grad_();
    torch::optim::LBFGS optimizer({weights, bias}, torch::optim::LBFGSOptions(1.0)
                                                       .max_iter(1000)
                                                       .max_eval(2000)
                                                       .tolerance_grad(1e-8)
                                                       .tolerance_change(1e-14)
                                                       .history_size(20)
                                                       .line_search_fn("strong_wolfe"));
    optimizer.step([&] {
        optimizer.zero_grad();
        const torch::Tensor loss = 0.5 * torch::softplus(-(positive_rows.matmul(weights) + bias)).mean() +
                                   0.5 * torch::softplus(negative_rows.matmul(weights) + bias).mean() +
                                   0.5 * weight_decay * weights.square().sum();
        loss.backward();
        return loss;
    });
    return {weights.detach(), bias.item<double>()};
}

// Around 0, since embeddings are standardized. A direction in which the rows have nothing is 0.
torch::Tensor principal_directions(const Matrix& rows, std::size_t count) {
    constexpr double least_share = 1e-9;
    const auto [left, lengths, directions] = at::linalg_svd(doubles(rows), false);
    const torch::Tensor has_length = (lengths > least_share * lengths[0]).to(torch::kFloat64);
    return (directions * has_length.unsqueeze(1)).slice(0, 0, static_cast<std::int64_t>(count));
}

// The value that a share of all does not exceed, of those that occur.
double quantile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const auto place = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
    return values[std::clamp<std::size_t>(place, 1, values.size()) - 1];
}

// Rounded towards infinity or 0, so that the clip which decides is on the right side.
float rounded_up(double value) { return std::nextafter(static_cast<float>(value), HUGE_VALF); }
float rounded_down(double value) { return std::max(0.0F, std::nextafter(static_cast<float>(value), -1.0F)); }

}  // namespace

Gate fit_gate(const GateClips& clips, int component_count) {
    constexpr double share_called_unlike = 0.05;
    constexpr double share_called_not_music = 0.04;
    constexpr double usual_least_probability = 0.5;
    const std::size_t length = clips.music.column_count();
    Gate gate;
    const LogisticRegression regression = fit_logistic_regression(clips.music, clips.not_music);
    gate.music_weights = to_vector(regression.weights);
    gate.music_bias = static_cast<float>(regression.bias);
    const std::size_t count = std::min({static_cast<std::size_t>(component_count), clips.familiar.row_count(), length});
    gate.components = to_vector(principal_directions(clips.familiar, count));
    gate.component_count = static_cast<int>(count);

    std::vector<double> probabilities;
    std::vector<double> distances;
    for (std::size_t row = 0; row < clips.valid_music.row_count(); ++row) {
        const GateMeasures measures = measure(gate, clips.valid_music.row(row));
        probabilities.push_back(measures.music_probability);
        distances.push_back(measures.distance);
    }
    const double reached = quantile(probabilities, share_called_not_music);
    gate.least_music_probability = rounded_down(std::min(usual_least_probability, reached));
    gate.greatest_distance = rounded_up(quantile(distances, 1.0 - share_called_unlike));
    return gate;
}

GateAnswers count_gate_answers(const Gate& gate, const GateClips& clips) {
    GateAnswers answers{.music_count = clips.valid_music.row_count(),
                        .not_music_count = clips.valid_not_music.row_count()};
    const auto is_not_music = [&](const GateMeasures& measures) {
        return measures.music_probability < static_cast<double>(gate.least_music_probability);
    };
    for (std::size_t row = 0; row < answers.music_count; ++row) {
        const GateMeasures measures = measure(gate, clips.valid_music.row(row));
        if (is_not_music(measures))
            ++answers.called_not_music;
        else if (measures.distance > static_cast<double>(gate.greatest_distance))
            ++answers.called_unsure;
    }
    for (std::size_t row = 0; row < answers.not_music_count; ++row)
        answers.found_not_music += is_not_music(measure(gate, clips.valid_not_music.row(row))) ? 1 : 0;
    return answers;
}

}  // namespace earmark
