#pragma once

#include <algorithm>

#include "metrics/tagging_report.h"
#include "tests/metrics/golden.h"

namespace earmark::test {

/// Nothing for the word "-".
inline std::optional<double> read_metric(std::istream& file) {
    std::string word;
    file >> word;
    return word == "-" ? std::nullopt : std::optional(std::stod(word));
}

inline std::vector<std::uint32_t> read_counts(std::istream& file) {
    const std::vector<float> numbers = read_floats(file);
    std::vector<std::uint32_t> counts(numbers.size());
    std::ranges::transform(numbers, counts.begin(), [](float number) { return static_cast<std::uint32_t>(number); });
    return counts;
}

/// The metrics of scikit-learn when each clip is counted `clip_counts` times.
struct Weighting {
    std::vector<std::uint32_t> clip_counts;
    TaggingMetrics metrics;
};

/// tests/golden/metrics/tagging.txt
struct WeightedTagging {
    std::vector<float> thresholds;
    TaggingReport report{0};
    std::vector<Weighting> weightings;
};

inline WeightedTagging read_weighted_tagging() {
    auto file = open_golden("tagging.txt");
    std::size_t clip_count = 0;
    std::size_t tag_count = 0;
    std::size_t weighting_count = 0;
    file >> clip_count >> tag_count >> weighting_count >> std::ws;
    const std::vector<float> thresholds = read_floats(file);
    WeightedTagging golden{thresholds, TaggingReport(thresholds), {}};
    for (std::size_t clip = 0; clip < clip_count; ++clip) {
        const auto scores = read_floats(file);
        golden.report.add(scores, read_floats(file));
    }
    for (std::size_t i = 0; i < weighting_count; ++i) {
        Weighting weighting{read_counts(file), {}};
        std::vector<std::optional<double>> row;
        for (std::size_t metric = 0; metric < 4 + 3 * tag_count; ++metric) row.push_back(read_metric(file));
        weighting.metrics = tagging_table<std::optional<double>>(row);
        golden.weightings.push_back(weighting);
        file >> std::ws;
    }
    return golden;
}

}  // namespace earmark::test
