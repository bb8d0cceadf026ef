// What is trained with libtorch is what runs with oneDNN.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "earmark/classifier.h"
#include "earmark/network.h"
#include "training/classification/classifier_network.h"
#include "training/fit/checkpoint.h"
#include "training/fit/fit.h"
#include "training/fit/tensors.h"
#include "training/local_learning/local_network.h"

namespace earmark {
namespace {

constexpr int band_count = 12;
constexpr int label_count = 5;
constexpr int segment_count = 6;

// As after some training: nothing at its first value.
void disturb(torch::nn::Module& module) {
    const torch::NoGradGuard no_gradients;
    for (auto& parameter : module.parameters()) parameter.add_(torch::randn_like(parameter) * 0.1);
    for (const auto& item : module.named_buffers()) {
        if (item.key().find("running_mean") != std::string::npos) item.value().normal_(0.0, 0.3);
        if (item.key().find("running_var") != std::string::npos) item.value().uniform_(0.5, 2.0);
    }
    module.eval();
}

void expect_near(const Matrix& actual, const torch::Tensor& expected) {
    const torch::Tensor values = expected.contiguous();
    ASSERT_EQ(static_cast<std::int64_t>(actual.values().size()), values.numel());
    for (std::size_t i = 0; i < actual.values().size(); ++i) {
        EXPECT_NEAR(actual.values()[i], values.data_ptr<float>()[i], 1e-4) << "value " << i;
    }
}

struct Stack {
    const char* name;
    NetworkArchitecture architecture;
};

class LocalNetworkOf : public testing::TestWithParam<Stack> {};

TEST_P(LocalNetworkOf, gives_the_same_probabilities_in_training_and_running) {
    const torch::NoGradGuard no_gradients;
    torch::manual_seed(3);
    const NetworkArchitecture& architecture = GetParam().architecture;
    LocalNetwork trained(architecture, band_count, label_count, 0.5);
    disturb(trained);
    const torch::Tensor segments = torch::randn({segment_count, architecture.segment_frames, band_count});

    Network running(architecture, band_count, trained.fold());
    const Matrix probabilities = running.probabilities(to_matrix(segments.flatten(0, 1)).values());
    expect_near(probabilities, torch::sigmoid(trained.forward(segments.transpose(1, 2).unsqueeze(2))));
}

INSTANTIATE_TEST_SUITE_P(
    , LocalNetworkOf,
    testing::Values(Stack{"frames_18", {18, {{3, 8, 3}, {3, 8, 3}, {2, 12, 2}}, 10}},
                    Stack{"frames_27", {27, {{3, 8, 3}, {3, 8, 3}, {3, 12, 3}}, 10}},
                    Stack{"frames_54", {54, {{3, 8, 3}, {3, 8, 3}, {3, 12, 3}, {2, 12, 2}}, 10}},
                    Stack{"frames_108", {108, {{3, 8, 3}, {3, 8, 3}, {3, 12, 3}, {2, 12, 2}, {2, 12, 2}}, 10}},
                    Stack{"frames_216",
                          {216, {{3, 8, 3}, {3, 8, 3}, {3, 12, 3}, {2, 12, 2}, {2, 12, 2}, {2, 12, 2}}, 10}},
                    Stack{"frames_left_before_dense", {29, {{5, 7, 2}, {4, 10, 3}, {1, 9, 1}}, 6}}),
    [](const auto& stack) { return stack.param.name; });

class ClassifierOf : public testing::TestWithParam<OutputKind> {};

TEST_P(ClassifierOf, this_output_gives_the_same_probabilities_in_training_and_running) {
    const torch::NoGradGuard no_gradients;
    torch::manual_seed(4);
    ClassifierNetwork trained(20, {16, 9}, torch::randn({label_count}), 0.5, 0.3);
    disturb(trained);
    const torch::Tensor inputs = torch::randn({11, 20});

    const ClassifierWeights weights{
        std::vector<float>(20, 0.0F), std::vector<float>(20, 1.0F), {}, trained.layers(), GetParam()};
    expect_near(Classifier(weights).probabilities(to_matrix(inputs)),
                tagging_probabilities(trained.forward(inputs), GetParam()));
}

INSTANTIATE_TEST_SUITE_P(, ClassifierOf, testing::Values(OutputKind::sigmoid, OutputKind::softmax));

TEST(ClassifierNetwork, starts_with_the_given_outputs_whatever_the_clip) {
    const torch::NoGradGuard no_gradients;
    const torch::Tensor start = torch::tensor({-2.0F, 0.5F, 3.0F});
    ClassifierNetwork network(7, {6, 6}, start, 0.5, 0.0);
    EXPECT_TRUE(torch::equal(network.forward(torch::randn({4, 7})), start.expand({4, 3})));
}

}  // namespace
}  // namespace earmark
