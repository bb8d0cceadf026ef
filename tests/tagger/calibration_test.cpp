// The calibrations of a model's tags, as they reach what a Tagger gives.
#include <gtest/gtest.h>

#include <memory>

#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

std::vector<float> probabilities_of(const Model& model) {
    const std::vector<float> samples = self_test_signal(model.self_test, model.spectrogram.sample_rate_hz);
    Tagger tagger(std::make_shared<const Model>(model), {Precision::float32});
    return tag_samples(tagger, samples, {model.spectrogram.sample_rate_hz, 1}).probabilities;
}

TEST(CalibrationOfATagger, is_applied_to_its_own_tag_alone) {
    Model model = small_model();
    const std::vector<float> plain = probabilities_of(model);
    const Calibration calibration = Calibration::platt(0.5F, -2.0F);
    model.tags[2].calibration = calibration;
    const std::vector<float> calibrated = probabilities_of(model);
    for (std::size_t tag = 0; tag < plain.size(); ++tag) {
        EXPECT_EQ(calibrated[tag], tag == 2 ? calibration.apply(plain[tag]) : plain[tag]) << tag;
    }
    EXPECT_NE(calibrated[2], plain[2]);
}

TEST(CalibrationOfATagger, decides_with_the_threshold_whether_a_tag_is_present) {
    Model model = small_model();
    const float plain = probabilities_of(model)[1];
    model.tags[1].threshold = plain;
    model.tags[1].calibration = Calibration::platt(1.0F, -1.0F);
    for (const RankedTag& tag : rank(model, probabilities_of(model))) {
        EXPECT_FALSE(tag.tag_index == 1 && tag.present);
    }
}

}  // namespace
}  // namespace earmark
