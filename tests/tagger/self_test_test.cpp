// What the self-test of models/paper.earmark notices. Each test makes one mistake that a reader of the format may make,
// with the model's own networks, and the self-test must fail.
//
// Measured on 2026-11-27, the greatest difference of a probability; the tolerance is 0.01:
//   right: 2e-7 in float32, 0.0002 in bfloat16; tail dropped 0.136; last segment filled with zeros 0.067, with silence
//   0.088, with its own frames 0.018; frames padded with zeros 0.021
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>

#include "earmark/error.h"
#include "earmark/tagger.h"
#include "tests/support/cut_segments.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

std::shared_ptr<const Model> model_of_the_paper() {
    static const auto model = load_model(EARMARK_SOURCE_DIR "/models/paper.earmark");
    return model;
}

std::vector<float> signal() {
    return self_test_signal(model_of_the_paper()->self_test, model_of_the_paper()->spectrogram.sample_rate_hz);
}

double greatest_difference(std::span<const float> probabilities) {
    const std::vector<float>& expected = model_of_the_paper()->self_test.probabilities;
    double greatest = 0.0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        greatest = std::max(greatest, std::abs(static_cast<double>(probabilities[i]) - expected[i]));
    }
    return greatest;
}

/// Not normalized.
Matrix log_mel_of_signal() { return log_mel_of(Spectrogram(model_of_the_paper()->spectrogram), signal()); }

/// As if zeros, not the mirrored signal, were before its start and after its end.
Matrix log_mel_with_zeros_around() {
    const SpectrogramSettings& settings = model_of_the_paper()->spectrogram;
    const std::vector<float> samples = signal();
    const auto padding = static_cast<std::size_t>(2 * settings.hop_samples);
    std::vector<float> padded(samples.size() + 2 * padding, 0.0F);
    std::ranges::copy(samples, padded.begin() + static_cast<std::ptrdiff_t>(padding));
    const Matrix longer = log_mel_of(Spectrogram(settings), padded);
    const std::size_t frame_count = 1 + samples.size() / static_cast<std::size_t>(settings.hop_samples);
    Matrix log_mel(frame_count, longer.column_count());
    std::ranges::copy(longer.rows(2, frame_count), log_mel.values().begin());
    return log_mel;
}

Matrix rows(const Matrix& matrix, std::size_t first, std::size_t count) {
    Matrix result(count, matrix.column_count());
    std::ranges::copy(matrix.rows(first, count), result.values().begin());
    return result;
}

/// The segments of a normalized spectrogram, as cut_segments gives them.
using Cut = std::function<Matrix(const Matrix& log_mel, std::size_t segment_frames)>;

Matrix cut_without_tail(const Matrix& log_mel, std::size_t segment_frames) {
    return rows(log_mel, 0, log_mel.row_count() / segment_frames * segment_frames);
}

/// The last segment begins where the one before ends; missing frames have the value `fill`.
Matrix cut_with_filled_tail(const Matrix& log_mel, std::size_t segment_frames, float fill) {
    const std::size_t segment_count = (log_mel.row_count() + segment_frames - 1) / segment_frames;
    Matrix segments(segment_count * segment_frames, log_mel.column_count());
    std::ranges::fill(segments.values(), fill);
    std::ranges::copy(log_mel.values(), segments.values().begin());
    return segments;
}

Matrix cut_with_repeated_tail(const Matrix& log_mel, std::size_t segment_frames) {
    Matrix segments = cut_with_filled_tail(log_mel, segment_frames, 0.0F);
    const std::size_t tail_frames = log_mel.row_count() % segment_frames;
    for (std::size_t frame = log_mel.row_count(); frame < segments.row_count(); ++frame) {
        std::ranges::copy(segments.row(frame - tail_frames), segments.row(frame).begin());
    }
    return segments;
}

std::vector<float> probabilities(Matrix log_mel, const Cut& cut) {
    const Model& model = *model_of_the_paper();
    normalize(log_mel.values(), model.normalization);
    std::vector<float> embedding;
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        const NetworkArchitecture& architecture = model.architectures[i];
        Network network(architecture, model.spectrogram.mel_band_count, model.networks[i], Precision::float32);
        SegmentStatistics statistics(architecture.feature_count(), model.aggregation.across_segments);
        add_rows(statistics,
                 level_maxima(network, cut(log_mel, static_cast<std::size_t>(architecture.segment_frames))));
        const std::vector<float> values = statistics.value();
        embedding.insert(embedding.end(), values.begin(), values.end());
    }
    const std::size_t count = embedding.size();
    const Matrix result = Classifier(model.classifier).probabilities(Matrix(1, count, std::move(embedding)));
    return {result.values().begin(), result.values().end()};
}

Matrix cut_rightly(const Matrix& log_mel, std::size_t segment_frames) { return cut_segments(log_mel, segment_frames); }

/// Beyond the tolerance, and not by chance.
void expect_noticed(const Matrix& log_mel, const Cut& cut) {
    const double difference = greatest_difference(probabilities(log_mel, cut));
    EXPECT_GT(difference, 1.5 * model_of_the_paper()->self_test.tolerance);
    testing::Test::RecordProperty("difference", std::to_string(difference));
}

TEST(SelfTestOfThePapersModel, is_that_of_a_new_file) {
    EXPECT_EQ(model_of_the_paper()->self_test.duration_s, self_test_duration_s(*model_of_the_paper()));
    EXPECT_EQ(model_of_the_paper()->self_test.tolerance, SelfTest{}.tolerance);
}

TEST(SelfTestOfThePapersModel, passes_stage_by_stage) {
    EXPECT_LT(greatest_difference(probabilities(log_mel_of_signal(), cut_rightly)), 1e-4);
}

TEST(SelfTestOfThePapersModel, passes_in_float32) {
    EXPECT_LT(greatest_difference(self_test_probabilities(model_of_the_paper())), 1e-4);
}

TEST(SelfTestOfThePapersModel, passes_in_bfloat16) {
    try {
        Tagger tagger(model_of_the_paper(), {Precision::bfloat16});
        const double difference = greatest_difference(tag_samples(tagger, signal(), {22'050, 1}).probabilities);
        EXPECT_LE(difference, model_of_the_paper()->self_test.tolerance);
        RecordProperty("difference", std::to_string(difference));
    } catch (const Error& error) {
        GTEST_SKIP() << error.what();
    }
}

TEST(SelfTestOfTheDefaultModel, passes_in_float32) {
    const auto model = load_model(EARMARK_SOURCE_DIR "/models/default.earmark");
    const std::vector<float> found = self_test_probabilities(model);
    ASSERT_EQ(found.size(), model->self_test.probabilities.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], model->self_test.probabilities[i], 1e-4) << i;
}

TEST(SelfTestOfThePapersModel, notices_a_dropped_tail) { expect_noticed(log_mel_of_signal(), cut_without_tail); }

TEST(SelfTestOfThePapersModel, notices_a_last_segment_that_is_filled_with_zeros) {
    expect_noticed(log_mel_of_signal(), [](const Matrix& log_mel, std::size_t segment_frames) {
        return cut_with_filled_tail(log_mel, segment_frames, 0.0F);
    });
}

TEST(SelfTestOfThePapersModel, notices_a_last_segment_that_is_filled_with_silence) {
    const Normalization& normalization = model_of_the_paper()->normalization;
    const float silence = -normalization.mean / normalization.deviation;
    expect_noticed(log_mel_of_signal(), [silence](const Matrix& log_mel, std::size_t segment_frames) {
        return cut_with_filled_tail(log_mel, segment_frames, silence);
    });
}

TEST(SelfTestOfThePapersModel, notices_a_last_segment_that_is_filled_with_its_own_frames) {
    expect_noticed(log_mel_of_signal(), cut_with_repeated_tail);
}

TEST(SelfTestOfThePapersModel, notices_frames_that_are_padded_with_zeros) {
    expect_noticed(log_mel_with_zeros_around(), cut_rightly);
}

}  // namespace
}  // namespace earmark
