// Parity with PyTorch: tests/golden/classifier/generate.py.
#include <gtest/gtest.h>

#include "earmark/classifier.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"

namespace earmark {
namespace {

constexpr double tolerance = 1e-4;

class SmallClassifier : public testing::Test {
protected:
    void SetUp() override {
        weights_.means = golden_.values(20);
        weights_.deviations = golden_.values(20);
        for (const auto& [outputs, inputs] : {std::pair(16U, 20U), {12U, 16U}, {6U, 12U}}) {
            LayerWeights layer;
            layer.weights = weight_vector(golden_.values(outputs * inputs));
            layer.biases = golden_.values(outputs);
            weights_.layers.push_back(layer);
        }
        clips_ = golden_.matrix(11, 20);
        sigmoid_ = golden_.matrix(11, 6);
        softmax_ = golden_.matrix(11, 6);
    }

    GoldenFile golden_ = GoldenFile("classifier/small.f32");
    ClassifierWeights weights_;
    Matrix clips_;
    Matrix sigmoid_;
    Matrix softmax_;
};

TEST_F(SmallClassifier, with_sigmoid_agrees_with_pytorch) {
    EXPECT_LT(greatest_difference(Classifier(weights_).probabilities(clips_), sigmoid_), tolerance);
}

TEST_F(SmallClassifier, with_softmax_agrees_with_pytorch) {
    weights_.output = OutputKind::softmax;
    EXPECT_LT(greatest_difference(Classifier(weights_).probabilities(clips_), softmax_), tolerance);
}

TEST_F(SmallClassifier, golden_file_is_used_to_its_end) { EXPECT_TRUE(golden_.is_finished()); }

TEST(PaperClassifier, agrees_with_pytorch_at_full_width) {
    Lcg lcg(3);
    ClassifierWeights weights;
    weights.means = lcg.values(0.5F, 1792);
    weights.deviations = lcg.values(0.4F, 1792);
    for (float& deviation : weights.deviations) {
        deviation += 1.0F;
    }
    weights.layers.push_back(formula_layer(lcg, 1024, 1792));
    weights.layers.push_back(formula_layer(lcg, 1024, 1024));
    weights.layers.push_back(formula_layer(lcg, 50, 1024));
    const Matrix clips = lcg.matrix(2.0F, 3, 1792);
    GoldenFile golden("classifier/paper.f32");
    EXPECT_LT(greatest_difference(Classifier(weights).probabilities(clips), golden.matrix(3, 50)), tolerance);
    EXPECT_TRUE(golden.is_finished());
}

}  // namespace
}  // namespace earmark
