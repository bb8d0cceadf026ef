#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

// A run that was stopped after its first epoch.
class ResumeError : public testing::Test {
protected:
    void SetUp() override {
        run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
    }

    std::string error(ErrorCode code) {
        return error_of(code, [&] { run_.train(); });
    }

    SyntheticDataset dataset_{7, 4, 0};
    TinyRun run_{dataset_};
    std::filesystem::path checkpoint_ = run_.options.out / "checkpoints" / "local-network-9.pt";
};

TEST_F(ResumeError, of_a_checkpoint_that_is_cut_short_anywhere_names_the_file) {
    const std::string whole = read_text(checkpoint_);
    ASSERT_GT(whole.size(), 1000U);
    for (std::size_t part = 0; part < 12; ++part) {
        std::ofstream(checkpoint_, std::ios::binary) << whole.substr(0, whole.size() * part / 12);
        EXPECT_THAT(error(ErrorCode::unreadable), StartsWith(checkpoint_.string() + ": expected a checkpoint"));
    }
    std::ofstream(checkpoint_, std::ios::binary) << whole.substr(0, whole.size() - 1);
    EXPECT_THAT(error(ErrorCode::unreadable), StartsWith(checkpoint_.string()));
}

TEST_F(ResumeError, of_a_checkpoint_that_is_something_else_names_the_remedy) {
    std::ofstream(checkpoint_, std::ios::binary) << "this is no checkpoint";
    EXPECT_THAT(error(ErrorCode::unreadable), AllOf(StartsWith(checkpoint_.string()), HasSubstr("remove it")));
    std::filesystem::remove(checkpoint_);
    EXPECT_TRUE(run_.train().finished);
}

TEST_F(ResumeError, of_a_checkpoint_of_another_network_names_the_file) {
    const TemporaryFolder folder;
    TinyRun other(dataset_, tiny_recipe_with("filters = 6", "filters = 7"));
    other.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
    std::filesystem::copy_file(other.options.out / "checkpoints" / "local-network-9.pt", checkpoint_,
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(error(ErrorCode::unreadable), AllOf(StartsWith(checkpoint_.string()), HasSubstr("another shape")));
}

TEST_F(ResumeError, of_other_tags_or_another_manifest_names_the_file_that_differs) {
    const TemporaryFolder folder;
    run_.options.tags = folder.write("tags.txt", "pitch---Low\n");
    EXPECT_THAT(error(ErrorCode::usage), StartsWith((run_.options.out / "tags.txt").string()));
    run_.options.tags.reset();
    std::ofstream(dataset_.path() / "manifest.tsv", std::ios::app) << "more.wav\ttrain\t\tsomeone\n";
    EXPECT_THAT(error(ErrorCode::usage), StartsWith((run_.options.out / "manifest.tsv").string()));
}

TEST(Decoding, that_was_stopped_goes_on_with_the_rest) {
    const SyntheticDataset dataset(7, 4, 0);
    TinyRun run(dataset);
    int clip_count = 0;
    EXPECT_FALSE(run.train([&](const RecordingListener&) { return ++clip_count == 5; }).finished);
    EXPECT_EQ(clip_count, 5);
    EXPECT_THAT(run.listener.phases, testing::ElementsAre(Phase{.kind = Phase::Kind::decoding}));
    EXPECT_TRUE(run.train().finished);
}

}  // namespace
}  // namespace earmark
