#include <gmock/gmock.h>
#include <torch/torch.h>

#include <cmath>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/teacher_file.h"
#include "tests/training/support/tiny_run.h"
#include "training/local_learning/distillation_loss.h"
#include "training/local_learning/local_network.h"

namespace earmark {
namespace {

constexpr float unknown = NAN;

// Reference: torch.nn.functional of PyTorch 1.13: binary_cross_entropy_with_logits([[0.5, -1]], [[1, 0]]) = 0.3936693,
// the same of [[2, 0.3]] with [[0.7, 0.2]] = 0.7606450, mse_loss([[1, 2]], [[0, 4]]) = 2.5.
TEST(DistillationLoss, is_the_weighted_sum_of_its_parts) {
    const torch::Tensor outputs = torch::tensor({{0.5F, -1.0F, 2.0F, 0.3F, 1.0F, 2.0F}});
    const torch::Tensor targets = torch::tensor({{1.0F, 0.0F, 0.7F, 0.2F, 0.0F, 4.0F}});
    const DistillationLoss loss(OutputKind::sigmoid, 2, 0.5,
                                {{TeacherKind::probabilities, 2.0, 0, 2}, {TeacherKind::embeddings, 0.1, 2, 2}});
    EXPECT_NEAR(loss(outputs, targets).item<double>(), 0.5 * 0.3936693 + 2.0 * 0.7606450 + 0.1 * 2.5, 1e-5);
}

TEST(DistillationLoss, leaves_out_what_is_not_known) {
    const DistillationLoss loss(OutputKind::sigmoid, 1, 1.0, {{TeacherKind::embeddings, 1.0, 0, 1}});
    torch::Tensor outputs = torch::tensor({{0.0F, 1.0F}, {0.0F, 3.0F}}).set_requires_grad(true);
    const torch::Tensor targets = torch::tensor({{unknown, 0.0F}, {unknown, unknown}});
    const torch::Tensor value = loss(outputs, targets);
    EXPECT_FLOAT_EQ(value.item<float>(), 1.0F);
    value.backward();
    EXPECT_TRUE(torch::equal(outputs.grad(), torch::tensor({{0.0F, 2.0F}, {0.0F, 0.0F}}))) << outputs.grad();
}

TEST(LocalNetwork, with_teachers_gives_the_same_weights_for_its_labels) {
    const Recipe recipe = tiny_recipe();
    const auto folded = [&](std::size_t teacher_columns) {
        torch::manual_seed(1);
        const LocalNetwork network(recipe.networks.front(), 12, 3, 0.0, teacher_columns);
        return network.fold();
    };
    EXPECT_EQ(folded(0).dense.weights, folded(5).dense.weights);
    EXPECT_EQ(folded(0).output.weights, folded(5).output.weights);
    EXPECT_EQ(folded(0).output.biases, folded(5).output.biases);
}

class Distillation : public testing::Test {
protected:
    Distillation() {
        // One column knows the low tone of a clip, the other one nothing.
        nlohmann::json soft = teacher_content("probabilities");
        soft["offsets"] = {-5.0, -5.0};
        soft["steps"] = {10.0 / 255.0, 10.0 / 255.0};
        nlohmann::json embedding = teacher_content("embeddings");
        for (std::size_t clip = 0; clip < 42; ++clip) {
            const std::uint8_t low = clip % 2 == 1 ? 255 : 0;
            const std::string path =
                dataset_.path().filename().string() + "/" + dataset_.clip(clip).filename().string();
            add_clip(soft, path, {low, 128, low, 128, low, 128});
            add_clip(embedding, path, {low, 100});
        }
        write_teacher(folder_, "soft", soft);
        write_teacher(folder_, "embedding", embedding);
    }

    static std::string recipe(const std::string& teachers) {
        return tiny_recipe_with("[local_learning]", teachers + "\n[local_learning]");
    }

    SyntheticDataset dataset_{28, 14, 0};
    TemporaryFolder folder_;
};

constexpr char both[] =
    "[[teachers]]\nfile = \"soft\"\nkind = \"probabilities\"\n\n"
    "[[teachers]]\nfile = \"embedding\"\nkind = \"embeddings\"\nweight = 0.5\n";

TEST_F(Distillation, learns_from_teachers_and_gives_an_ordinary_model) {
    TinyRun run(dataset_, recipe(both));
    run.options.teachers = folder_.path();
    ASSERT_TRUE(run.train().finished);
    std::vector<double> losses;
    for (const EpochReport& epoch : run.listener.epochs) {
        if (epoch.task == local_network_task(9)) losses.push_back(epoch.loss);
    }
    EXPECT_LT(losses.back(), 0.8 * losses.front());
    EXPECT_EQ(read_model(run.options.out / "model.earmark").tags.size(), 3U);
    EXPECT_THAT(run.text("teachers.txt"), testing::HasSubstr("soft "));
}

TEST_F(Distillation, with_other_teachers_is_another_run) {
    TinyRun run(dataset_, recipe(both));
    run.options.teachers = folder_.path();
    ASSERT_TRUE(run.train().finished);
    nlohmann::json other = teacher_content("embeddings");
    add_clip(other, "nothing", {1, 2});
    write_teacher(folder_, "embedding", other);
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run.train(); }), testing::HasSubstr("another teachers"));
}

TEST_F(Distillation, stopped_and_resumed_is_the_same_as_never_stopped) {
    TinyRun whole(dataset_, recipe(both));
    whole.options.teachers = folder_.path();
    whole.train();
    TinyRun stopped(dataset_, recipe(both));
    stopped.options.teachers = folder_.path();
    stopped.train([](const RecordingListener& listener) { return listener.epochs.size() == 1; });
    ASSERT_TRUE(stopped.train().finished);
    EXPECT_EQ(stopped.model_bytes_without_date(), whole.model_bytes_without_date());
}

TEST_F(Distillation, needs_the_folder_that_the_recipe_asks_for) {
    TinyRun run(dataset_, recipe(both));
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run.train(); }),
                testing::HasSubstr("the recipe learns from teachers"));
    TinyRun plain(dataset_);
    plain.options.teachers = folder_.path();
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { plain.train(); }), testing::HasSubstr("has no [[teachers]]"));
}

}  // namespace
}  // namespace earmark
