// A run that was stopped goes on to the same result as one that was not.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class Resume : public testing::Test {
protected:
    static const SyntheticDataset& dataset() {
        static const SyntheticDataset dataset(14, 7, 7);
        return dataset;
    }

    static const std::vector<std::byte>& uninterrupted_model() {
        static const std::vector<std::byte> bytes = [] {
            TinyRun run(dataset());
            run.train();
            return run.model_bytes_without_date();
        }();
        return bytes;
    }

    TinyRun run_{dataset()};
};

TEST_F(Resume, the_same_seed_gives_the_same_model) {
    run_.train();
    EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted_model());
}

TEST_F(Resume, after_any_epoch_gives_the_model_of_an_uninterrupted_run) {
    for (int stop_count = 1;; ++stop_count) {
        ASSERT_LT(stop_count, 500);
        // Stops at the first batch after an epoch of this process: every epoch is a run of its own.
        if (run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); }).finished) break;
    }
    EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted_model());
}

TEST_F(Resume, in_the_middle_of_an_epoch_starts_that_epoch_again) {
    const auto stop_in_the_second_epoch = [](const RecordingListener& listener) {
        return listener.epochs.size() == 1 && listener.questions_since_epoch == 2;
    };
    EXPECT_FALSE(run_.train(stop_in_the_second_epoch).finished);
    EXPECT_FALSE(std::filesystem::exists(run_.options.out / "model.earmark"));
    EXPECT_TRUE(run_.train().finished);
    EXPECT_EQ(run_.listener.epochs.front().epoch, 2);
    EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted_model());
}

TEST_F(Resume, of_a_finished_run_trains_nothing_and_writes_the_same_model) {
    run_.train();
    run_.train();
    EXPECT_THAT(run_.listener.epochs, testing::IsEmpty());
    EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted_model());
}

TEST_F(Resume, of_a_finished_network_needs_its_weights_alone) {
    const auto checkpoint = run_.options.out / "checkpoints" / "local-network-9.pt";
    run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
    const auto size_between_epochs = std::filesystem::file_size(checkpoint);
    run_.train();
    EXPECT_LT(std::filesystem::file_size(checkpoint), size_between_epochs / 2);
    run_.train();
    EXPECT_THAT(run_.listener.epochs, testing::IsEmpty());
    EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted_model());
}

TEST_F(Resume, with_another_recipe_is_refused) {
    run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
    std::ofstream(run_.options.recipe) << with(tiny_recipe_text, "seed = 7", "seed = 8");
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run_.train(); }), HasSubstr("recipe"));
}

TEST_F(Resume, log_has_one_line_of_json_for_each_event) {
    run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
    run_.train();
    std::istringstream log(run_.text("log.jsonl"));
    int epoch = 0;
    for (std::string line; std::getline(log, line);) {
        const auto event = nlohmann::json::parse(line);
        if (event["event"] != "epoch" || event["task"].value("segment_frames", 0) != 9) continue;
        EXPECT_EQ(event["epoch"], ++epoch);
        for (const char* key : {"loss", "valid_loss", "valid_roc_auc", "frames_per_second", "learning_rate"}) {
            EXPECT_TRUE(event[key].is_number()) << key;
        }
    }
    EXPECT_GE(epoch, 2);
}

}  // namespace
}  // namespace earmark
