// A run goes on only with the audio that it began with.
#include <gmock/gmock.h>

#include "tests/training/support/expect_error.h"
#include "tests/training/support/tiny_run.h"

namespace earmark {
namespace {

using testing::HasSubstr;

bool after_an_epoch(const RecordingListener& listener) { return !listener.epochs.empty(); }

// A run that was stopped after its first epoch.
class AudioRecord : public testing::Test {
protected:
    AudioRecord() {
        std::ofstream(dataset_.clip(5), std::ios::binary) << "no music";
        run_.train(after_an_epoch);
    }

    std::string error() {
        return error_of(ErrorCode::usage, [&] { run_.train(); });
    }

    std::string refusal(const std::string& changes) const {
        return record_.string() + ": the audio is not that with which this training began: " + changes +
               "; expected the same audio, or another folder for --out";
    }

    // As if it had been copied, or had got other tags.
    void make_another_file_of(std::size_t clip) const {
        const std::string bytes = read_text(dataset_.clip(clip));
        std::ofstream(dataset_.clip(clip), std::ios::binary) << bytes << std::string("LIST\x04\0\0\0INFO", 12);
        std::filesystem::last_write_time(dataset_.clip(clip), std::filesystem::file_time_type::clock::now());
    }

    SyntheticDataset dataset_{14, 7, 7};
    TinyRun run_{dataset_};
    std::filesystem::path record_ = run_.options.out / "audio.tsv";
};

TEST_F(AudioRecord, of_changed_audio_names_the_clip_and_asks_for_another_folder) {
    write_wav(dataset_.clip(2), synthetic_samples(7, 99, 1.5));
    EXPECT_EQ(error(), refusal("clip-2.wav has changed"));
}

TEST_F(AudioRecord, of_deleted_clips_names_the_first_ones) {
    for (const std::size_t clip : {0, 8, 12, 15}) std::filesystem::remove(dataset_.clip(clip));
    EXPECT_EQ(error(), refusal("clip-0.wav can no longer be read, clip-8.wav can no longer be read, clip-12.wav can no "
                               "longer be read and 1 more"));
}

TEST_F(AudioRecord, of_a_clip_that_can_be_read_only_now_names_it) {
    write_wav(dataset_.clip(5), synthetic_samples(7, 5, 1.5));
    EXPECT_EQ(error(), refusal("clip-5.wav could not be read then"));
}

TEST_F(AudioRecord, lets_a_run_go_on_with_other_files_of_the_same_sound) {
    for (const std::size_t clip : {1, 16}) make_another_file_of(clip);
    EXPECT_TRUE(run_.train().finished);
    EXPECT_GT(run_.listener.epochs.front().epoch, 1);
    TinyRun whole(dataset_);
    whole.train();
    EXPECT_EQ(run_.model_bytes_without_date(), whole.model_bytes_without_date());
}

TEST_F(AudioRecord, holds_of_a_finished_run_as_well) {
    EXPECT_TRUE(run_.train().finished);
    write_wav(dataset_.clip(2), synthetic_samples(7, 99, 1.5));
    EXPECT_EQ(error(), refusal("clip-2.wav has changed"));
}

TEST_F(AudioRecord, that_is_damaged_names_its_line) {
    const std::string text = read_text(record_);
    const auto error_with = [&](const std::string& damaged) {
        std::ofstream(record_, std::ios::binary) << damaged;
        return error_of(ErrorCode::invalid_dataset, [&] { run_.train(); });
    };
    EXPECT_THAT(error_with(text.substr(1)), HasSubstr("audio.tsv:1: expected a header line"));
    EXPECT_THAT(error_with(text.substr(0, text.size() - 3)), HasSubstr("audio.tsv:29: "));
    EXPECT_THAT(error_with(with(text, "clip-1.wav\t", "clip-1.wav\tx")), HasSubstr(": expected a number"));
}

TEST(AudioOfARun, that_is_not_trained_yet_may_change) {
    const SyntheticDataset dataset(14, 7, 7);
    TinyRun run(dataset);
    int clip_count = 0;
    EXPECT_FALSE(run.train([&](const RecordingListener&) { return ++clip_count == 5; }).finished);
    write_wav(dataset.clip(0), synthetic_samples(7, 99, 1.5));
    EXPECT_TRUE(run.train().finished);
}

}  // namespace
}  // namespace earmark
