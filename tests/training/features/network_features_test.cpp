#include "training/features/network_features.h"

#include <gmock/gmock.h>

#include "base/float16.h"
#include "earmark/decode.h"
#include "earmark/tagger.h"
#include "tests/support/composed_stages.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/training/support/cached_dataset.h"
#include "training/run/assemble_model.h"

namespace earmark {
namespace {

class EmbeddingsOfNetworks : public testing::Test {
protected:
    // Untrained networks for the synthetic data set.
    Model model() const {
        Model model = small_model();
        model.spectrogram = cached_.settings;
        model.normalization = clips_.normalization;
        model.networks.clear();
        for (const NetworkArchitecture& architecture : model.architectures) {
            model.networks.push_back(formula_network(architecture, 12, model.tags.size(), 9));
        }
        return model;
    }

    NetworkFeatures features(std::size_t worker_count, AcrossSegments rule = AcrossSegments::mean) const {
        const Model untrained = model();
        return network_features(untrained.architectures[0], untrained.networks[0], rule, clips_.normalization,
                                clips_.valid, worker_count);
    }

    SyntheticDataset files_{3, 8, 2};
    CachedDataset cached_{files_};
    TrainingClips clips_ = cached_.clips();
};

Matrix log_mel_of(const TrainingClip& clip) {
    Matrix log_mel(clip.frames.frame_count, 12);
    floats_from_halves(clip.frames.values, log_mel.values());
    return log_mel;
}

TEST_F(EmbeddingsOfNetworks, of_a_network_are_those_of_the_stages) {
    const Model untrained = model();
    const NetworkFeatures network = features(1);
    const std::size_t count = untrained.architectures[0].feature_count();
    ASSERT_EQ(network.levels.row_count(), clips_.valid.size());
    ASSERT_EQ(network.levels.column_count(), count);
    for (std::size_t clip = 0; clip < clips_.valid.size(); ++clip) {
        const Matrix log_mel = log_mel_of(clips_.valid[clip]);
        const std::vector<float> vector = composed_embedding(untrained, log_mel);
        EXPECT_LT(greatest_difference(network.levels.row(clip), std::span(vector).first(count)), 1e-5);
        EXPECT_LT(greatest_difference(network.local_probabilities.row(clip),
                                      composed_local_probabilities(untrained, 0, log_mel)),
                  1e-5);
    }
}

TEST_F(EmbeddingsOfNetworks, with_deviations_are_those_of_the_stages) {
    Model untrained = model();
    untrained.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    const NetworkFeatures network = features(1, AcrossSegments::mean_and_deviation);
    const std::size_t count = 2 * untrained.architectures[0].feature_count();
    ASSERT_EQ(network.levels.column_count(), count);
    for (std::size_t clip = 0; clip < clips_.valid.size(); ++clip) {
        const std::vector<float> vector = composed_embedding(untrained, log_mel_of(clips_.valid[clip]));
        ASSERT_EQ(vector.size(), untrained.feature_count());
        EXPECT_LT(greatest_difference(network.levels.row(clip), std::span(vector).first(count)), 1e-5);
    }
}

TEST_F(EmbeddingsOfNetworks, do_not_depend_on_the_number_of_workers) {
    EXPECT_EQ(greatest_difference(features(1).levels, features(3).levels), 0.0);
    EXPECT_EQ(greatest_difference(features(1).local_probabilities, features(3).local_probabilities), 0.0);
}

TEST_F(EmbeddingsOfNetworks, of_no_clips_have_no_rows) {
    const Model untrained = model();
    const NetworkFeatures none = network_features(untrained.architectures[0], untrained.networks[0],
                                                  AcrossSegments::mean, clips_.normalization, {}, 2);
    EXPECT_EQ(none.levels.row_count(), 0U);
}

TEST_F(EmbeddingsOfNetworks, give_probabilities_that_the_tagger_gives_from_the_file_within_the_rounding_of_the_cache) {
    const auto untrained = std::make_shared<const Model>(model());
    Tagger tagger(untrained, {Precision::float32});
    const Matrix probabilities = model_probabilities(*untrained, clips_.valid, 2);
    for (std::size_t clip = 0; clip < clips_.valid.size(); ++clip) {
        const auto audio = decode_file(files_.clip(3 + clip), 8000).audio;
        const std::vector<float> expected = tag_samples(tagger, audio.samples, {8000, 1}).probabilities;
        EXPECT_LT(greatest_difference(probabilities.row(clip), expected), 2e-3);
    }
}

}  // namespace
}  // namespace earmark
