#include "training/configurations.h"

#include <functional>

namespace earmark {
namespace {

using Select = std::function<Matrix(const NetworkArchitecture&, const NetworkFeatures&)>;

Matrix all_levels(const NetworkArchitecture&, const NetworkFeatures& features) { return features.levels; }

Matrix last_level(const NetworkArchitecture& architecture, const NetworkFeatures& features) {
    const auto count = static_cast<std::size_t>(architecture.layers.back().filter_count);
    return columns(features.levels, features.levels.column_count() - count, count);
}

SplitFeatures select(const NetworkArchitecture& architecture, const NetworkSplitFeatures& network,
                     const Select& selection) {
    return {selection(architecture, network.train), selection(architecture, network.valid),
            selection(architecture, network.test)};
}

SplitFeatures join(const std::vector<SplitFeatures>& parts) {
    std::vector<const Matrix*> train;
    std::vector<const Matrix*> valid;
    std::vector<const Matrix*> test;
    for (const SplitFeatures& part : parts) {
        train.push_back(&part.train);
        valid.push_back(&part.valid);
        test.push_back(&part.test);
    }
    return {side_by_side(train), side_by_side(valid), side_by_side(test)};
}

SplitFeatures select_from_all(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                              const Select& selection) {
    std::vector<SplitFeatures> parts;
    for (std::size_t i = 0; i < networks.size(); ++i)
        parts.push_back(select(recipe.networks[i], networks[i], selection));
    return join(parts);
}

Matrix mean_of(const std::vector<const Matrix*>& matrices) {
    Matrix mean = *matrices.front();
    for (std::size_t i = 1; i < matrices.size(); ++i) {
        for (std::size_t k = 0; k < mean.values().size(); ++k) mean.values()[k] += matrices[i]->values()[k];
    }
    for (float& value : mean.values()) value /= static_cast<float>(matrices.size());
    return mean;
}

ConfigurationResult local_result(const std::string& name, const Matrix& valid, const Matrix& test,
                                 const TrainingClips& clips) {
    return {name, 0, score(valid, clips.valid), score(test, clips.test)};
}

}  // namespace

std::vector<Configuration> configurations(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                          const TrainingClips& clips) {
    std::vector<Configuration> list;
    const auto statistics = [&](const std::vector<TrainingClip>& part) {
        const auto column_count = 2 * static_cast<std::size_t>(recipe.spectrogram.mel_band_count);
        return part.empty() ? Matrix(0, column_count) : mel_statistics(part);
    };
    list.push_back(
        {"mel mean and deviation", {statistics(clips.train), statistics(clips.valid), statistics(clips.test)}});
    for (std::size_t i = 0; i < networks.size(); ++i) {
        const NetworkArchitecture& architecture = recipe.networks[i];
        const std::string size = std::to_string(architecture.segment_frames);
        list.push_back({"last level, " + size + " frames", select(architecture, networks[i], last_level)});
        list.push_back({"all levels, " + size + " frames", select(architecture, networks[i], all_levels)});
    }
    list.push_back({"last level, all sizes", select_from_all(recipe, networks, last_level)});
    list.push_back({"all levels, all sizes", select_from_all(recipe, networks, all_levels)});
    return list;
}

std::vector<ConfigurationResult> local_results(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                               const TrainingClips& clips) {
    std::vector<ConfigurationResult> results;
    std::vector<const Matrix*> valid;
    std::vector<const Matrix*> test;
    for (std::size_t i = 0; i < networks.size(); ++i) {
        valid.push_back(&networks[i].valid.local_probabilities);
        test.push_back(&networks[i].test.local_probabilities);
        results.push_back(local_result("local model, " + std::to_string(recipe.networks[i].segment_frames) + " frames",
                                       *valid.back(), *test.back(), clips));
    }
    results.push_back(local_result("local models, mean of all sizes", mean_of(valid), mean_of(test), clips));
    return results;
}

}  // namespace earmark
