#include "training/calibration/gate_fit.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace earmark {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

double dot(std::span<const float> a, const Vector& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * b[i];
    return sum;
}

void add_scaled(Vector& sum, std::span<const float> values, double factor) {
    for (std::size_t i = 0; i < values.size(); ++i) sum[i] += factor * static_cast<double>(values[i]);
}

void add_scaled(Vector& sum, const Vector& values, double factor) {
    for (std::size_t i = 0; i < values.size(); ++i) sum[i] += factor * values[i];
}

/// Weights and, as the last value, the bias.
class LogisticRegression {
public:
    LogisticRegression(const Matrix& positives, const Matrix& negatives)
        : positives_(positives), negatives_(negatives), parameters_(positives.column_count() + 1) {}

    Vector fit() {
        constexpr int most_steps = 30;
        constexpr int most_halvings = 20;
        double loss = loss_at(parameters_);
        for (int step = 0; step < most_steps; ++step) {
            const Vector direction = newton_direction();
            Vector next;
            double next_loss = loss;
            double length = 1.0;
            for (int halving = 0; halving < most_halvings; ++halving, length /= 2.0) {
                next = parameters_;
                add_scaled(next, direction, length);
                next_loss = loss_at(next);
                if (next_loss <= loss) break;
            }
            const bool is_done = !(next_loss < loss - 1e-10 * loss);
            if (next_loss <= loss) parameters_ = next;
            loss = std::min(loss, next_loss);
            if (is_done) break;
        }
        return parameters_;
    }

private:
    static constexpr double weight_decay = 0.01;

    // visit(embedding, +1 or -1, weight): each class weighs one half.
    template <typename Visit>
    void visit_rows(const Visit& visit) const {
        for (std::size_t row = 0; row < positives_.row_count(); ++row)
            visit(positives_.row(row), 1.0, 0.5 / static_cast<double>(positives_.row_count()));
        for (std::size_t row = 0; row < negatives_.row_count(); ++row)
            visit(negatives_.row(row), -1.0, 0.5 / static_cast<double>(negatives_.row_count()));
    }

    static double score(std::span<const float> row, const Vector& parameters) {
        return dot(row, parameters) + parameters.back();
    }

    double loss_at(const Vector& parameters) const {
        double loss = 0.0;
        visit_rows([&](std::span<const float> row, double sign, double weight) {
            const double z = sign * score(row, parameters);
            loss += weight * (std::max(-z, 0.0) + std::log1p(std::exp(-std::abs(z))));
        });
        for (std::size_t i = 0; i + 1 < parameters.size(); ++i)
            loss += 0.5 * weight_decay * parameters[i] * parameters[i];
        return loss;
    }

    // Where the gradient is 0 for the quadratic that the loss is near the parameters.
    Vector newton_direction() const {
        Vector rest(parameters_.size());  // the negative gradient, less what the direction accounts for
        std::vector<double> curvatures;
        visit_rows([&](std::span<const float> row, double sign, double weight) {
            const double probability = 1.0 / (1.0 + std::exp(-score(row, parameters_)));
            const double difference = weight * ((sign > 0.0 ? 1.0 : 0.0) - probability);
            add_scaled(rest, row, difference);
            rest.back() += difference;
            curvatures.push_back(weight * probability * (1.0 - probability));
        });
        for (std::size_t i = 0; i + 1 < rest.size(); ++i) rest[i] -= weight_decay * parameters_[i];
        return solve(curvatures, std::move(rest));
    }

    Vector solve(const std::vector<double>& curvatures, Vector rest) const {
        constexpr int most_steps = 200;
        Vector solution(rest.size());
        Vector search = rest;
        double square = dot(rest, rest);
        const double enough = 1e-16 * square;
        for (int step = 0; step < most_steps && square > enough; ++step) {
            const Vector image = curved(curvatures, search);
            const double curvature = dot(search, image);
            if (!(curvature > 0.0)) break;
            const double length = square / curvature;
            add_scaled(solution, search, length);
            add_scaled(rest, image, -length);
            const double next_square = dot(rest, rest);
            for (std::size_t i = 0; i < search.size(); ++i) search[i] = rest[i] + next_square / square * search[i];
            square = next_square;
        }
        return solution;
    }

    // The matrix of second derivatives times `vector`.
    Vector curved(const std::vector<double>& curvatures, const Vector& vector) const {
        Vector image(vector.size());
        std::size_t place = 0;
        visit_rows([&](std::span<const float> row, double, double) {
            const double factor = curvatures[place++] * score(row, vector);
            add_scaled(image, row, factor);
            image.back() += factor;
        });
        for (std::size_t i = 0; i + 1 < image.size(); ++i) image[i] += weight_decay * vector[i];
        return image;
    }

    const Matrix& positives_;
    const Matrix& negatives_;
    Vector parameters_;
};

// Gram-Schmidt, twice for what rounding leaves. A direction of which nothing is left stays 0.
void make_orthonormal(std::vector<Vector>& directions) {
    constexpr double least_part = 1e-9;
    for (std::size_t k = 0; k < directions.size(); ++k) {
        Vector& direction = directions[k];
        const double length = std::sqrt(dot(direction, direction));
        for (int pass = 0; pass < 2; ++pass) {
            for (std::size_t other = 0; other < k; ++other)
                add_scaled(direction, directions[other], -dot(direction, directions[other]));
        }
        const double left = std::sqrt(dot(direction, direction));
        for (double& value : direction) value = left > least_part * length ? value / left : 0.0;
    }
}

std::vector<Vector> some_directions(std::size_t count, std::size_t length) {
    std::uint32_t state = 1;
    std::vector<Vector> directions(count, Vector(length));
    for (Vector& direction : directions) {
        for (double& value : direction) {
            state = 1664525U * state + 1013904223U;
            value = state / 2147483648.0 - 1.0;
        }
    }
    return directions;
}

// The rows' covariance around 0 times each direction.
std::vector<Vector> multiplied(const Matrix& rows, const std::vector<Vector>& directions) {
    std::vector<Vector> products(directions.size(), Vector(rows.column_count()));
    for (std::size_t row = 0; row < rows.row_count(); ++row) {
        for (std::size_t k = 0; k < directions.size(); ++k)
            add_scaled(products[k], rows.row(row), dot(rows.row(row), directions[k]));
    }
    return products;
}

std::vector<Vector> principal_directions(const Matrix& rows, std::size_t count) {
    constexpr int iteration_count = 12;
    std::vector<Vector> directions = some_directions(count, rows.column_count());
    make_orthonormal(directions);
    for (int i = 0; i < iteration_count; ++i) {
        directions = multiplied(rows, directions);
        make_orthonormal(directions);
    }
    return directions;
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
    const Vector parameters = LogisticRegression(clips.music, clips.not_music).fit();
    gate.music_weights.assign(parameters.begin(), parameters.end() - 1);
    gate.music_bias = static_cast<float>(parameters.back());
    const std::size_t count = std::min({static_cast<std::size_t>(component_count), clips.familiar.row_count(), length});
    for (const Vector& direction : principal_directions(clips.familiar, count))
        gate.components.insert(gate.components.end(), direction.begin(), direction.end());
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
