#include "training/run/configurations.h"

#include <functional>

namespace earmark {
namespace {

using Select = std::function<Matrix(const NetworkArchitecture&, const NetworkFeatures&)>;

Matrix all_levels(const NetworkArchitecture&, const NetworkFeatures& features) { return features.levels; }

// The columns of one level, counted from 0: a part of every statistic.
Matrix level(const NetworkArchitecture& architecture, const NetworkFeatures& features, std::size_t index) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < index; ++i) first += static_cast<std::size_t>(architecture.layers[i].filter_count);
    const auto count = static_cast<std::size_t>(architecture.layers[index].filter_count);
    std::vector<Matrix> statistics;
    for (; first < features.levels.column_count(); first += architecture.feature_count()) {
        statistics.push_back(columns(features.levels, first, count));
    }
    std::vector<const Matrix*> parts;
    for (const Matrix& statistic : statistics) parts.push_back(&statistic);
    return side_by_side(parts);
}

Matrix last_level(const NetworkArchitecture& architecture, const NetworkFeatures& features) {
    return level(architecture, features, architecture.layers.size() - 1);
}

SplitFeatures select(const NetworkArchitecture& architecture, const NetworkSplitFeatures& network,
                     const Select& selection, bool with_train = true) {
    return {with_train ? selection(architecture, network.train) : Matrix(), selection(architecture, network.valid),
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

Matrix mean_of(const std::vector<const Matrix*>& matrices) {
    Matrix mean = *matrices.front();
    for (std::size_t i = 1; i < matrices.size(); ++i) {
        for (std::size_t k = 0; k < mean.values().size(); ++k) mean.values()[k] += matrices[i]->values()[k];
    }
    for (float& value : mean.values()) value /= static_cast<float>(matrices.size());
    return mean;
}

template <typename Statistics>
SplitFeatures for_each_split(const TrainingClips& clips, const Statistics& statistics) {
    SplitFeatures features{statistics(clips.train), statistics(clips.valid), {}};
    features.test = clips.test.empty() ? Matrix(0, features.train.column_count()) : statistics(clips.test);
    return features;
}

std::string sizes_text(const Recipe& recipe, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_last = i + 1 == count;
        text += (i == 0 ? "" : is_last ? " and " : ", ") + std::to_string(recipe.networks[i].segment_frames);
    }
    return text + " frames";
}

class ConfigurationList {
public:
    ConfigurationList(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                      const TrainingClips& clips, const ConfigurationChoice& choice)
        : recipe_(recipe), networks_(networks), clips_(clips), choice_(choice) {}

    std::vector<Configuration> make() {
        if (choice_.only_the_model) {
            for (std::size_t i = 0; recipe_.fusion == Fusion::late && i < networks_.size(); ++i) add_all_levels(i);
            add_sizes("all levels", "all sizes", networks_.size(), all_levels);
            return std::move(list_);
        }
        add_baselines();
        for (std::size_t i = 0; i < networks_.size(); ++i) add_network(i);
        if (choice_.whole_study) {
            for (std::size_t count = 2; count < networks_.size(); ++count) {
                add_sizes("last level", sizes_text(recipe_, count), count, last_level);
                add_sizes("all levels", sizes_text(recipe_, count), count, all_levels);
            }
        }
        add_sizes("last level", "all sizes", networks_.size(), last_level);
        add_sizes("all levels", "all sizes", networks_.size(), all_levels);
        return std::move(list_);
    }

private:
    void add(const std::string& name, SplitFeatures features) {
        list_.push_back({name, recipe_.classifier_hidden_units, std::move(features), {}});
    }

    void add_baselines() {
        add("mel mean and deviation", for_each_split(clips_, mel_statistics));
        if (choice_.whole_study) {
            const auto mfcc = [](const std::vector<TrainingClip>& part) { return mfcc_statistics(part); };
            list_.push_back({"MFCC statistics, logistic regression", {}, for_each_split(clips_, mfcc), {}});
        }
        for (const FeatureFile& file : choice_.feature_files) {
            const auto read = [&](const std::vector<TrainingClip>& part) { return read_features(file.path, part); };
            add(file.name, for_each_split(clips_, read));
        }
    }

    void add_network(std::size_t index) {
        const NetworkArchitecture& architecture = recipe_.networks[index];
        const std::string size = size_text(index);
        for (std::size_t i = 0; choice_.whole_study && i + 1 < architecture.layers.size(); ++i) {
            const auto one_level = [i](const NetworkArchitecture& network, const NetworkFeatures& features) {
                return level(network, features, i);
            };
            add("level " + std::to_string(i + 1) + ", " + size, select(architecture, networks_[index], one_level));
        }
        add("last level, " + size, select(architecture, networks_[index], last_level));
        add_all_levels(index);
    }

    void add_all_levels(std::size_t index) {
        add("all levels, " + size_text(index), select(recipe_.networks[index], networks_[index], all_levels));
    }

    // What one network has alone is added before.
    void add_sizes(const std::string& levels, const std::string& sizes, std::size_t count, const Select& selection) {
        const bool is_joined = recipe_.fusion == Fusion::late;
        add(levels + ", " + sizes, of_networks(count, selection, /*with_train=*/!is_joined));
        for (std::size_t i = 0; is_joined && i < count; ++i) {
            list_.back().members.push_back(levels + ", " + size_text(i));
        }
    }

    std::string size_text(std::size_t index) const {
        return std::to_string(recipe_.networks[index].segment_frames) + " frames";
    }

    SplitFeatures of_networks(std::size_t count, const Select& selection, bool with_train) const {
        std::vector<SplitFeatures> parts;
        for (std::size_t i = 0; i < count; ++i) {
            parts.push_back(select(recipe_.networks[i], networks_[i], selection, with_train));
        }
        return join(parts);
    }

    const Recipe& recipe_;
    const std::vector<NetworkSplitFeatures>& networks_;
    const TrainingClips& clips_;
    const ConfigurationChoice& choice_;
    std::vector<Configuration> list_;
};

}  // namespace

std::vector<Configuration> configurations(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                                          const TrainingClips& clips, const ConfigurationChoice& choice) {
    return ConfigurationList(recipe, networks, clips, choice).make();
}

std::vector<LocalModel> local_models(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks) {
    std::vector<LocalModel> models;
    std::vector<const Matrix*> valid;
    std::vector<const Matrix*> test;
    for (std::size_t i = 0; i < networks.size(); ++i) {
        valid.push_back(&networks[i].valid.local_probabilities);
        test.push_back(&networks[i].test.local_probabilities);
        const std::string size = std::to_string(recipe.networks[i].segment_frames);
        models.push_back({"local model, " + size + " frames", {*valid.back(), *test.back()}});
    }
    models.push_back({"local models, mean of all sizes", {mean_of(valid), mean_of(test)}});
    return models;
}

}  // namespace earmark
