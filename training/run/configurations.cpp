#include "training/run/configurations.h"

#include <functional>

#include "training/features/baselines.h"
#include "training/features/columns.h"
#include "training/features/external_embeddings.h"

namespace earmark {
namespace {

using Select = std::function<Matrix(const NetworkArchitecture&, const NetworkFeatures&)>;

Matrix all_levels(const NetworkArchitecture&, const NetworkFeatures& features) { return features.levels; }

// The columns of one level, counted from 0: some of each statistic.
Matrix level(const NetworkArchitecture& architecture, const NetworkFeatures& features, std::size_t index) {
    std::size_t first = 0;
    for (std::size_t i = 0; i < index; ++i) first += static_cast<std::size_t>(architecture.layers[i].filter_count);
    const auto count = static_cast<std::size_t>(architecture.layers[index].filter_count);
    std::vector<Matrix> statistics;
    for (; first < features.levels.column_count(); first += architecture.feature_count()) {
        statistics.push_back(columns(features.levels, first, count));
    }
    std::vector<const Matrix*> parts;
    parts.reserve(statistics.size());
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

class ConfigurationList {
public:
    ConfigurationList(const Recipe& recipe, const std::vector<NetworkSplitFeatures>& networks,
                      const TrainingClips& clips, const ConfigurationChoice& choice)
        : recipe_(recipe), networks_(networks), clips_(clips), choice_(choice) {}

    std::vector<Configuration> make() {
        const std::size_t all = networks_.size();
        if (choice_.only_the_model) {
            for (std::size_t i = 0; recipe_.fusion == Fusion::late && i < all; ++i) add_all_levels(i);
            add_union(all_levels_id(), all, all_levels);
            return std::move(list_);
        }
        add_baselines();
        for (std::size_t i = 0; i < all; ++i) add_network(i);
        for (std::size_t count = 2; choice_.whole_study && count < all; ++count) {
            add_union(last_level_id(first_scales(count)), count, last_level);
            add_union(all_levels_id(first_scales(count)), count, all_levels);
        }
        add_union(last_level_id(), all, last_level);
        add_union(all_levels_id(), all, all_levels);
        return std::move(list_);
    }

private:
    void add(ConfigurationId id, SplitFeatures features) {
        list_.push_back({std::move(id), recipe_.classifier_hidden_units, std::move(features), {}});
    }

    void add_baselines() {
        add(baseline_id(ConfigurationKind::mel_statistics), for_each_split(clips_, mel_statistics));
        if (choice_.whole_study) {
            const auto mfcc = [](const std::vector<TrainingClip>& clips) { return mfcc_statistics(clips); };
            list_.push_back({baseline_id(ConfigurationKind::mfcc_statistics), {}, for_each_split(clips_, mfcc), {}});
        }
        for (const EmbeddingFile& file : choice_.embedding_files) {
            const auto read = [&](const std::vector<TrainingClip>& clips) {
                return read_external_embeddings(file.path, clips);
            };
            add(external_id(file.name), for_each_split(clips_, read));
        }
    }

    void add_network(std::size_t index) {
        const NetworkArchitecture& architecture = recipe_.networks[index];
        for (std::size_t i = 0; choice_.whole_study && i + 1 < architecture.layers.size(); ++i) {
            const auto one_level = [i](const NetworkArchitecture& network, const NetworkFeatures& features) {
                return level(network, features, i);
            };
            add(one_level_id(static_cast<int>(i) + 1, scale(index)), select(architecture, networks_[index], one_level));
        }
        add(last_level_id({scale(index)}), select(architecture, networks_[index], last_level));
        add_all_levels(index);
    }

    void add_all_levels(std::size_t index) {
        add(all_levels_id({scale(index)}), select(recipe_.networks[index], networks_[index], all_levels));
    }

    // Of the first `count` networks. What each of them has alone is added before.
    void add_union(const ConfigurationId& id, std::size_t count, const Select& selection) {
        const bool is_joined = recipe_.fusion == Fusion::late;
        add(id, of_networks(count, selection, /*with_train=*/!is_joined));
        for (std::size_t i = 0; is_joined && i < count; ++i) {
            ConfigurationId member = id;
            member.scales = {scale(i)};
            list_.back().members.push_back(std::move(member));
        }
    }

    int scale(std::size_t index) const { return recipe_.networks[index].segment_frames; }

    std::vector<int> first_scales(std::size_t count) const {
        std::vector<int> scales;
        for (std::size_t i = 0; i < count; ++i) scales.push_back(scale(i));
        return scales;
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
        models.push_back({local_model_id({recipe.networks[i].segment_frames}), {*valid.back(), *test.back()}});
    }
    models.push_back({local_model_id(), {mean_of(valid), mean_of(test)}});
    return models;
}

}  // namespace earmark
