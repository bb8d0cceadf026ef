#include "training/calibration/platt.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <vector>

namespace earmark {
namespace {

constexpr double least_probability = 1.0 / (1 << 24);  // as Calibration limits it
constexpr int most_steps = 100;
constexpr int most_halvings = 34;

struct Example {
    double score = 0.0;
    double target = 0.0;
};

double logit(float probability) {
    const double limited = std::clamp(static_cast<double>(probability), least_probability, 1.0 - least_probability);
    return std::log(limited) - std::log1p(-limited);
}

double sigmoid(double value) { return 1.0 / (1.0 + std::exp(-value)); }

struct Line {
    double slope = 0.0;
    double intercept = 0.0;

    double at(double score) const { return slope * score + intercept; }
};

// The negative log-likelihood, up to rounding also far from 0.
double loss_of(const Line& line, const std::vector<Example>& examples) {
    double sum = 0.0;
    for (const Example& example : examples) {
        const double z = line.at(example.score);
        sum += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - example.target * z;
    }
    return sum;
}

// The step that Newton's method takes from `line`, toward less loss.
Line newton_step(const Line& line, const std::vector<Example>& examples) {
    constexpr double least_curvature = 1e-12;
    double by_slope = 0.0;
    double by_intercept = 0.0;
    double slope_slope = least_curvature;
    double slope_intercept = 0.0;
    double intercept_intercept = least_curvature;
    for (const Example& example : examples) {
        const double probability = sigmoid(line.at(example.score));
        const double difference = probability - example.target;
        const double curvature = probability * (1.0 - probability);
        by_slope += difference * example.score;
        by_intercept += difference;
        slope_slope += curvature * example.score * example.score;
        slope_intercept += curvature * example.score;
        intercept_intercept += curvature;
    }
    const double determinant = slope_slope * intercept_intercept - slope_intercept * slope_intercept;
    if (!(determinant > 0.0)) return {};
    return {-(intercept_intercept * by_slope - slope_intercept * by_intercept) / determinant,
            -(slope_slope * by_intercept - slope_intercept * by_slope) / determinant};
}

Line best_line(const std::vector<Example>& examples, Line line) {
    double loss = loss_of(line, examples);
    for (int step = 0; step < most_steps; ++step) {
        const Line direction = newton_step(line, examples);
        Line next = line;
        double next_loss = loss;
        double length = 1.0;
        for (int halving = 0; halving < most_halvings; ++halving, length /= 2.0) {
            next = {line.slope + length * direction.slope, line.intercept + length * direction.intercept};
            next_loss = loss_of(next, examples);
            if (next_loss <= loss) break;
        }
        if (!(next_loss < loss)) break;
        line = next;
        loss = next_loss;
    }
    return line;
}

}  // namespace

Calibration fit_platt(std::span<const float> probabilities, std::span<const float> truths) {
    assert(probabilities.size() == truths.size());
    double positive_count = 0.0;
    double negative_count = 0.0;
    for (const float truth : truths) {
        if (std::isnan(truth)) continue;
        positive_count += truth;
        negative_count += 1.0 - truth;
    }
    if (positive_count == 0.0 || negative_count == 0.0) return {};
    const double highest = (positive_count + 1.0) / (positive_count + 2.0);
    const double lowest = 1.0 / (negative_count + 2.0);
    std::vector<Example> examples;
    for (std::size_t i = 0; i < truths.size(); ++i) {
        if (std::isnan(truths[i])) continue;
        examples.push_back({logit(probabilities[i]), lowest + (highest - lowest) * truths[i]});
    }
    const double log_odds = std::log((positive_count + 1.0) / (negative_count + 1.0));
    const Line line = best_line(examples, {0.0, log_odds});
    if (line.slope <= 0.0) {
        double mean = 0.0;
        for (const Example& example : examples) mean += example.target / static_cast<double>(examples.size());
        return Calibration::platt(0.0F, static_cast<float>(std::log(mean / (1.0 - mean))));
    }
    return Calibration::platt(static_cast<float>(line.slope), static_cast<float>(line.intercept));
}

}  // namespace earmark
