#include <gmock/gmock.h>
#include <unistd.h>

#include "base/folder_lock.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"
#include "training/run/run_folder.h"

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

    // What is left of an earlier call stays in the log: the first epoch is reported once more.
    void expect_begins_anew(const std::string& checkpoint) {
        std::ofstream(checkpoint_, std::ios::binary) << checkpoint;
        run_.train([](const RecordingListener& listener) { return !listener.epochs.empty(); });
        ASSERT_EQ(run_.listener.warnings.size(), 1U);
        const auto& problem = std::get<FileProblem>(run_.listener.warnings.front());
        EXPECT_EQ(problem.kind, FileProblem::Kind::damaged_checkpoint);
        EXPECT_EQ(problem.file, checkpoint_);
        ASSERT_EQ(run_.listener.epochs.size(), 1U);
        EXPECT_EQ(run_.listener.epochs.front().epoch, 1);
    }

    void expect_whole_model() {
        ASSERT_TRUE(run_.train().finished);
        TinyRun uninterrupted(dataset_);
        ASSERT_TRUE(uninterrupted.train().finished);
        EXPECT_EQ(run_.model_bytes_without_date(), uninterrupted.model_bytes_without_date());
        const auto epochs = RunFolder(run_.options.out).epochs();
        ASSERT_EQ(epochs.size(), uninterrupted.listener.epochs.size());
        for (std::size_t i = 0; i < epochs.size(); ++i)
            EXPECT_EQ(epochs[i].epoch, uninterrupted.listener.epochs[i].epoch);
    }

    SyntheticDataset dataset_{7, 4, 0};
    TinyRun run_{dataset_};
    std::filesystem::path checkpoint_ = run_.options.out / "checkpoints" / "local-network-9.pt";
};

// A few bits all over a file: of its first line, its weights, the state of the optimizer, the names in between.
TEST_F(ResumeError, of_a_checkpoint_with_a_flipped_bit_is_none_and_its_task_is_trained_again) {
    const std::string whole = read_text(checkpoint_);
    for (std::size_t place = 3; place < whole.size(); place += whole.size() / 24) {
        std::string damaged = whole;
        damaged[place] = static_cast<char>(damaged[place] ^ 4);
        expect_begins_anew(damaged);
    }
    expect_whole_model();
}

TEST_F(ResumeError, of_a_checkpoint_that_is_cut_short_anywhere_is_none_and_its_task_is_trained_again) {
    const std::string whole = read_text(checkpoint_);
    ASSERT_GT(whole.size(), 1000U);
    for (std::size_t part = 0; part < 12; ++part) expect_begins_anew(whole.substr(0, whole.size() * part / 12));
    expect_begins_anew(whole.substr(0, whole.size() - 1));
    expect_begins_anew(whole + "x");
    expect_begins_anew("this is no checkpoint");
    expect_whole_model();
}

TEST_F(ResumeError, of_a_checkpoint_without_a_checksum_is_none) {
    const std::string whole = read_text(checkpoint_);
    std::ofstream(checkpoint_, std::ios::binary) << whole.substr(whole.find('\n') + 1);
    ASSERT_TRUE(run_.train().finished);
    EXPECT_EQ(run_.listener.epochs.front().epoch, 2);
    EXPECT_THAT(run_.listener.warnings, testing::IsEmpty());
    expect_whole_model();
}

// libtorch's reader then throws what its author did not expect, such as "vector::_M_range_check".
TEST_F(ResumeError, of_a_damaged_checkpoint_without_a_checksum_names_the_file) {
    const std::string whole = read_text(checkpoint_);
    const std::string archive = whole.substr(whole.find('\n') + 1);
    for (std::size_t part = 1; part < 12; ++part) {
        std::ofstream(checkpoint_, std::ios::binary) << archive.substr(0, archive.size() * part / 12);
        const std::string message = error(ErrorCode::unreadable);
        EXPECT_THAT(message,
                    AllOf(StartsWith(checkpoint_.string() + ": expected a checkpoint"), HasSubstr("remove it")));
        EXPECT_EQ(message.find('\n'), std::string::npos);
    }
}

TEST_F(ResumeError, of_a_damaged_cache_is_none_and_its_clips_are_decoded_again) {
    const std::filesystem::path cache = run_.options.out / "log-mel" / "data.mdb";
    std::string bytes = read_text(cache);
    // At the end of every page but the two with the meta data: values, where it is a leaf.
    for (std::size_t place = 3 * 4096 - 30; place < bytes.size(); place += 4096)
        bytes[place] = static_cast<char>(bytes[place] ^ 16);
    std::ofstream(cache, std::ios::binary) << bytes;
    ASSERT_TRUE(run_.train().finished);
    ASSERT_EQ(run_.listener.warnings.size(), 1U);
    const auto& problem = std::get<FileProblem>(run_.listener.warnings.front());
    EXPECT_NE(problem.kind, FileProblem::Kind::damaged_checkpoint);
    EXPECT_EQ(problem.file, run_.options.out / "log-mel");
    expect_whole_model();
}

TEST_F(ResumeError, of_a_folder_in_which_another_training_runs_names_the_folder) {
    const FolderLock other(run_.options.out, std::chrono::milliseconds(0));
    ASSERT_TRUE(other.is_held());
    EXPECT_THAT(error(ErrorCode::usage),
                StartsWith(run_.options.out.string() + ": another training is running in this folder"));
}

TEST_F(ResumeError, leaves_no_temporary_files_of_a_run_that_was_killed) {
    const std::string name = ".pt." + std::to_string(getpid()) + ".0.tmp";
    std::ofstream(checkpoint_.string() + name) << "half a checkpoint";
    std::ofstream(run_.options.out / ("results.json" + name)) << "half";
    ASSERT_TRUE(run_.train().finished);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(run_.options.out))
        EXPECT_NE(entry.path().extension(), ".tmp") << entry.path();
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
