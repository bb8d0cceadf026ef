// What run_study() does with its trainings, and the threads of a study: trainings are done by stand_in_training.cpp, so
// that libtorch is not needed and the thread sanitizer can look.
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "base/folder_lock.h"
#include "tests/training/support/expect_error.h"
#include "tests/training/support/recording_listener.h"
#include "tests/training/support/synthetic_dataset.h"
#include "tests/training/support/tiny_recipe.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"
#include "training/study/study_metrics.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsSupersetOf;

class StudyRuns : public testing::Test {
protected:
    StudyRuns() {
        options_.training.recipe = folder_.write("tiny.toml", tiny_recipe_text);
        options_.training.data = {dataset_.path()};
        options_.training.out = folder_.path() / "study";
        options_.training.license = "CC0-1.0";
        options_.training.worker_count = 4;
        options_.seeds = {3, 4};
        options_.fold_count = 3;
        options_.program = EARMARK_STAND_IN_TRAINING;
    }

    StudyOutcome run(const std::string& command = "", RecordingListener::StopWhen stop_when = {}) {
        listener_ = RecordingListener(std::move(stop_when));
        options_.training.command = command;
        return run_study(options_, read_sources(options_.training), listener_);
    }

    bool is_finished(const std::string& run) const { return RunFolder(options_.training.out / run).is_finished(); }

    std::size_t start_count(const std::string& run) const {
        const std::string text = read_text(options_.training.out / run / "starts.txt");
        return static_cast<std::size_t>(std::ranges::count(text, '\n'));
    }

    StudyScores scores() const { return read_study(options_.training.out, options_.seeds, *options_.fold_count); }

    TemporaryFolder folder_;
    SyntheticDataset dataset_{20, 10, 6};
    StudyOptions options_;
    RecordingListener listener_;
};

const std::vector<std::string> runs{"seed-3/fold-01", "seed-3/fold-02", "seed-3/fold-03",
                                    "seed-4/fold-01", "seed-4/fold-02", "seed-4/fold-03"};

TEST_F(StudyRuns, are_all_done_each_in_a_folder_of_its_own) {
    EXPECT_TRUE(run().finished);
    for (const std::string& each : runs) {
        EXPECT_TRUE(is_finished(each)) << each;
        EXPECT_EQ(start_count(each), 1U) << each;
    }
    EXPECT_EQ(scores().clips.size(), 36U);
}

TEST_F(StudyRuns, keep_copies_in_one_fold_and_name_them) {
    std::filesystem::copy_file(dataset_.clip(0), dataset_.clip(1), std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(dataset_.clip(0), dataset_.clip(9), std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(run().finished);
    const Warning copies = FoundCopies{{{"clip-0.wav", "clip-1.wav", "clip-9.wav"}}};
    EXPECT_THAT(listener_.warnings, testing::Contains(copies));
    EXPECT_EQ(to_string(copies), "1 group of copies, kept in one fold: clip-0.wav = clip-1.wav = clip-9.wav");
    const StudyScores found = scores();
    for (const std::vector<std::size_t>& folds : found.folds) {
        EXPECT_EQ(folds[1], folds[0]);
        EXPECT_EQ(folds[9], folds[0]);
    }
    EXPECT_EQ(found.clips[9].copies, found.clips[0].copies);
    EXPECT_EQ(found.clips[2].copies, 0U);
    EXPECT_EQ(read_text(options_.training.out / "copies.tsv"),
              "group\tpath\n1\tclip-0.wav\n1\tclip-1.wav\n1\tclip-9.wav\n");
}

TEST_F(StudyRuns, of_too_few_different_clips_are_refused_before_any_training) {
    for (std::size_t clip = 2; clip < 36; ++clip)
        std::filesystem::copy_file(dataset_.clip(1), dataset_.clip(clip),
                                   std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { run(); }),
                HasSubstr("expected at least 3 clips, one for each fold, found 2 (copies count once)"));
    EXPECT_FALSE(std::filesystem::exists(options_.training.out / "seed-3"));
}

TEST_F(StudyRuns, report_their_phases_with_their_names_and_what_is_common_once) {
    ASSERT_TRUE(run().finished);
    ASSERT_GT(listener_.phases.size(), 3U);
    EXPECT_EQ(listener_.phases[0], Phase{.kind = Phase::Kind::decoding});
    EXPECT_EQ(listener_.phases[1], Phase{.kind = Phase::Kind::copies});
    EXPECT_EQ(listener_.phases[2], (Phase{.kind = Phase::Kind::trainings, .training_count = 6, .process_count = 4}));
    for (const std::uint64_t seed : options_.seeds) {
        for (std::size_t fold = 1; fold <= 3; ++fold) {
            const RunId id{seed, fold};
            EXPECT_THAT(listener_.phases, IsSupersetOf({Phase{.kind = Phase::Kind::decoding, .run = id},
                                                        Phase{.kind = Phase::Kind::writing, .run = id},
                                                        Phase{.kind = Phase::Kind::trained, .run = id}}));
        }
    }
    EXPECT_THAT(listener_.warnings, ElementsAre(Warning(LeftOutClips{1})));
    EXPECT_EQ(listener_.devices.size(), 1U);
}

TEST_F(StudyRuns, that_are_finished_are_not_done_again) {
    ASSERT_TRUE(run().finished);
    EXPECT_TRUE(run().finished);
    EXPECT_THAT(listener_.phases, testing::IsEmpty());
    for (const std::string& each : runs) EXPECT_EQ(start_count(each), 1U) << each;
}

TEST_F(StudyRuns, that_are_finished_are_done_again_where_a_result_is_damaged) {
    ASSERT_TRUE(run().finished);
    const auto probabilities = [&] {
        const StudyScores read = scores();
        const auto values = read.configurations[1].probabilities[1].values();
        return std::vector<float>(values.begin(), values.end());
    };
    const std::vector<float> expected = probabilities();
    const std::filesystem::path folder = options_.training.out / "seed-4/fold-02";
    const auto last_level = folder / RunFolder::predictions_file(last_level_id());
    std::size_t starts = 1;
    const auto expect_repair = [&](const std::filesystem::path& file, const std::string& problem) {
        EXPECT_TRUE(run().finished);
        ASSERT_EQ(listener_.warnings.size(), 2U) << file;  // the second is of the training
        EXPECT_THAT(to_string(listener_.warnings[0]),
                    testing::StartsWith(file.string() + ": its run is trained again: " + problem));
        for (const std::string& each : runs) EXPECT_EQ(start_count(each), each == runs[4] ? starts + 1 : 1) << each;
        EXPECT_EQ(probabilities(), expected);
        ++starts;
    };
    const std::string results = read_text(folder / "results.json");
    for (const std::size_t size : {std::size_t{0}, std::size_t{1}, results.size() / 2, results.size() - 3}) {
        std::ofstream(folder / "results.json", std::ios::binary) << results.substr(0, size);
        expect_repair(folder / "results.json", "is damaged");
    }
    std::ofstream(last_level, std::ios::app) << "one more\t0.5\n";
    expect_repair(last_level, "");
    std::string lines = read_text(last_level);
    lines.erase(lines.find('\n') + 1, lines.find('\n', lines.find('\n') + 1) - lines.find('\n'));
    std::ofstream(last_level, std::ios::binary) << lines;
    expect_repair(last_level, "line 2: expected the clip ");
    std::filesystem::remove(last_level);
    expect_repair(last_level, "");
    std::ofstream(folder / "model.earmark") << "no model";
    expect_repair(folder / "model.earmark", "");
}

TEST_F(StudyRuns, of_another_version_are_not_taken_for_damaged) {
    ASSERT_TRUE(run().finished);
    const std::filesystem::path file = options_.training.out / "seed-4/fold-02/results.json";
    std::ofstream(file) << R"({"format": 3})";
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run(); }), testing::StartsWith(file.string() + ": has format 3"));
    EXPECT_EQ(start_count("seed-4/fold-02"), 1U);
}

TEST_F(StudyRuns, end_with_the_error_of_one_that_fails_and_the_rest_is_done_later) {
    options_.training.worker_count = 1;
    EXPECT_EQ(error_of(ErrorCode::unwritable, [&] { run("fail in seed-3/fold-02"); }), "the disk is full");
    EXPECT_TRUE(is_finished("seed-3/fold-01"));
    EXPECT_FALSE(is_finished("seed-3/fold-02"));
    EXPECT_FALSE(is_finished("seed-3/fold-03"));
    EXPECT_TRUE(run().finished);
    EXPECT_EQ(start_count("seed-3/fold-01"), 1U);
    EXPECT_EQ(start_count("seed-3/fold-02"), 2U);
    for (const std::string& each : runs) EXPECT_TRUE(is_finished(each)) << each;
}

TEST_F(StudyRuns, of_other_audio_than_those_before_are_refused) {
    options_.training.worker_count = 1;
    error_of(ErrorCode::unwritable, [&] { run("fail in seed-3/fold-02"); });
    write_wav(dataset_.clip(4), synthetic_samples(7, 99, 1.5));
    EXPECT_THAT(
        error_of(ErrorCode::usage, [&] { run(); }),
        testing::StartsWith((options_.training.out / "audio.tsv").string() +
                            ": the audio is not that with which this training began: clip-4.wav has changed; "));
    EXPECT_EQ(start_count("seed-3/fold-02"), 1U);
}

TEST_F(StudyRuns, are_interrupted_when_a_stop_is_requested_and_the_rest_is_done_later) {
    const auto others_are_done = [](const RecordingListener& listener) {
        return std::ranges::count(listener.phases, Phase::Kind::trained, &Phase::kind) == 5;
    };
    EXPECT_FALSE(run("wait in seed-3/fold-02", others_are_done).finished);
    EXPECT_FALSE(is_finished("seed-3/fold-02"));
    EXPECT_TRUE(run().finished);
    for (const std::string& each : runs) EXPECT_EQ(start_count(each), each == "seed-3/fold-02" ? 2U : 1U) << each;
}

TEST_F(StudyRuns, leave_out_clips_that_cannot_be_used_and_the_study_reports_them) {
    std::filesystem::remove(dataset_.clip(1));
    const StudyOutcome outcome = run();
    EXPECT_TRUE(outcome.finished);
    ASSERT_EQ(outcome.problems.size(), 1U);
    EXPECT_THAT(outcome.problems[0].message, HasSubstr("no such file"));
    EXPECT_EQ(scores().clips.size(), 35U);
}

// What a disk, an editor or another program makes of a file of predictions.
class StudyRunsWithDamagedPredictions : public StudyRuns {
protected:
    StudyRunsWithDamagedPredictions() {
        run();
        for (const auto& entry : std::filesystem::directory_iterator(folder() / "predictions"))
            files_.push_back(entry.path());
        std::ranges::sort(files_);
    }

    std::filesystem::path folder() const { return options_.training.out / "seed-4/fold-02"; }

    /// The error after `change` of the lines of one file.
    template <typename Change>
    std::string error(std::size_t file, const Change& change) const {
        const std::string whole = read_text(files_[file]);
        std::vector<std::string> lines;
        std::istringstream stream(whole);
        for (std::string line; std::getline(stream, line);) lines.push_back(line);
        change(lines);
        std::ofstream out(files_[file], std::ios::binary);
        for (const std::string& line : lines) out << line << "\n";
        out.close();
        const std::string message = error_of(ErrorCode::invalid_dataset, [&] { scores(); });
        std::ofstream(files_[file], std::ios::binary) << whole;
        return message;
    }

    static void replace_value(std::string& line, const std::string& value) {
        line = line.substr(0, line.rfind('\t') + 1) + value;
    }

    std::vector<std::filesystem::path> files_;
};

TEST_F(StudyRunsWithDamagedPredictions, are_refused_with_file_and_line_where_a_value_is_no_probability) {
    ASSERT_GE(files_.size(), 2U);
    for (const char* value : {"nan", "-nan", "inf", "7", "-0.1", "1.000001", "", "x", "0.5x", "0x1p-1"}) {
        const std::string message = error(1, [&](auto& lines) { replace_value(lines.at(3), value); });
        EXPECT_EQ(message, files_[1].string() + ":4: '" + value + "': expected a probability from 0 to 1");
    }
}

TEST_F(StudyRunsWithDamagedPredictions, are_refused_with_file_and_line_where_a_line_is_missing) {
    for (std::size_t file = 0; file < files_.size(); ++file) {
        const std::string first = error(file, [](auto& lines) { lines.erase(lines.begin() + 2); });
        EXPECT_THAT(first, testing::StartsWith(files_[file].string() + ":3: expected the clip "));
        const std::string last = error(file, [](auto& lines) { lines.pop_back(); });
        EXPECT_THAT(last, testing::StartsWith(files_[file].string() + ":"));
        EXPECT_THAT(last, HasSubstr(": expected the clip "));
    }
}

TEST_F(StudyRunsWithDamagedPredictions, are_refused_where_a_clip_is_missing_in_all_files_of_a_run) {
    std::string path;
    for (const auto& file : files_) {
        std::string text = read_text(file);
        const std::size_t end = text.find_last_of('\n', text.size() - 2) + 1;
        path = text.substr(end, text.find('\t', end) - end);
        std::ofstream(file, std::ios::binary) << text.substr(0, end);
    }
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { scores(); }),
                testing::AllOf(testing::StartsWith((options_.training.out / "seed-4").string() +
                                                   ": expected a line for " + path + " in predictions/"),
                               testing::EndsWith(", as other runs have it")));
}

TEST_F(StudyRunsWithDamagedPredictions, are_refused_where_a_clip_occurs_twice_or_is_another) {
    EXPECT_EQ(error(0, [](auto& lines) { lines[2] = lines[1]; }),
              files_[0].string() + ":3: a second line of this clip");
    EXPECT_THAT(error(0, [](auto& lines) { lines[2] = "stranger.wav" + lines[2].substr(lines[2].find('\t')); }),
                HasSubstr(".tsv:3: expected the clip "));
}

TEST_F(StudyRunsWithDamagedPredictions, are_refused_where_the_tags_are_others) {
    EXPECT_EQ(error(0,
                    [](auto& lines) {
                        for (std::string& line : lines) line += "\t0.5";
                    }),
              files_[0].string() + ": has other tags than tags.txt");
}

TEST_F(StudyRuns, in_one_folder_at_once_are_refused) {
    std::filesystem::create_directories(options_.training.out);
    const FolderLock other(options_.training.out, std::chrono::milliseconds(0));
    EXPECT_THAT(error_of(ErrorCode::usage, [&] { run(); }),
                testing::StartsWith(options_.training.out.string() + ": another training is running in this folder"));
    EXPECT_FALSE(std::filesystem::exists(options_.training.out / "settings.json"));
}

TEST_F(StudyRuns, have_the_same_metrics_with_any_number_of_threads) {
    ASSERT_TRUE(run().finished);
    const StudyScores read = scores();
    const StudyMetrics one = study_metrics(read, {.resample_count = 40, .thread_count = 1});
    const StudyMetrics four = study_metrics(read, {.resample_count = 40, .thread_count = 4});
    ASSERT_EQ(one.configurations.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const StudyMetric& expected = one.configurations[i].roc_auc;
        EXPECT_EQ(four.configurations[i].roc_auc.value, expected.value);
        EXPECT_EQ(four.configurations[i].roc_auc.interval.value().low, expected.interval.value().low);
        EXPECT_EQ(four.configurations[i].roc_auc.interval.value().high, expected.interval.value().high);
        EXPECT_LT(expected.interval.value().low, expected.interval.value().high);
    }
}

}  // namespace
}  // namespace earmark
