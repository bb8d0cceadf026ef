// Trainings that fail in the middle: exit status 1, one line that gives the reason, and the same command finishes the
// work as if nothing had happened. A disk that fills up is a limit on the size of files (RLIMIT_FSIZE): a program that
// ignores SIGXFSZ cannot write on, one that does not is killed by it.
#include <gmock/gmock.h>
#include <unistd.h>

#include "tests/program/fixture.h"
#include "tests/training/support/synthetic_dataset.h"
#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

// More than the log-mel cache and the checkpoint of the first network, less than that of the second.
constexpr int limit_kib = 100;

std::string recipe_with_a_large_second_network() {
    return tiny_recipe_with("filters = 6", "filters = 200", "segment_frames = 18");
}

Surroundings with_limit(const std::string& action_at_limit) {
    const std::string script = action_at_limit + "ulimit -f " + std::to_string(limit_kib) + "; exec \"$@\"";
    return {.launcher = {"bash", "-c", script, "bash"}};
}
Surroundings on_a_small_disk() { return with_limit("trap '' XFSZ; "); }
Surroundings where_trainings_are_killed() { return with_limit(""); }

class FailureMidwayTest : public ProgramTest {
protected:
    FailureMidwayTest() {
        std::string manifest = "path\tsplit\ttags\n";
        for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
            song("data/" + std::string(name) + ".flac");
            const std::string split = *name < 'c' ? "train" : (*name < 'e' ? "valid" : "test");
            manifest +=
                std::string(name) + ".flac\t" + split + "\t" + (*name % 2 == 0 ? "genre---Rock" : "mood---Calm") + "\n";
        }
        folder_.write("data/manifest.tsv", manifest);
        folder_.write("tiny.toml", recipe_with_a_large_second_network());
    }

    Outcome run(const std::string& command, const std::string& out, const Surroundings& surroundings = {}) const {
        std::vector<std::string> words{command,   path("tiny.toml"), "--data", path("data"), "--out",
                                       path(out), "--jobs",          "1",      "--device",   "cpu"};
        if (command == "analyze") words.insert(words.end(), {"--seeds", "2", "--bootstrap", "20"});
        return run_earmark(words, surroundings);
    }

    /// The model file of a run as it would be on any day and in any folder.
    std::vector<std::byte> model_of(const std::string& run) const {
        Model model = read_model(path(run + "/model.earmark"));
        model.provenance.date = model.provenance.command = "";
        return serialize_model(model);
    }

    bool exists(const std::string& name) const { return std::filesystem::exists(path(name)); }

    /// How many epochs of the first network, or of all, a run has trained in all its calls.
    std::size_t epoch_count(const std::string& run, const std::string& task = "") const {
        std::size_t count = 0;
        for (const std::string& line : lines_of(read_text(path(run + "/log.jsonl")))) {
            if (line.find(R"("event":"epoch")") != std::string::npos && line.find(task) != std::string::npos) ++count;
        }
        return count;
    }
};

constexpr char first_network[] = R"("segment_frames":9)";

TEST_F(FailureMidwayTest, of_train_on_a_full_disk_is_status_1_and_the_same_command_resumes) {
    ASSERT_EQ(run("train", "whole").exit_status, 0);
    const Outcome failed = run("train", "out", on_a_small_disk());
    EXPECT_EQ(failed.exit_status, 1) << failed.err;
    EXPECT_EQ(failed.out, "");
    EXPECT_THAT(lines_of(failed.err).back(),
                testing::StartsWith("earmark: " + path("out/checkpoints/local-network-18")));
    EXPECT_THAT(failed.err, EndsWith(": cannot be written: File too large\n"));
    EXPECT_FALSE(exists("out/model.earmark"));
    const std::size_t trained = epoch_count("out", first_network);
    ASSERT_GT(trained, 0U);

    const Outcome resumed = run("train", "out");
    EXPECT_EQ(resumed.exit_status, 0) << resumed.err;
    EXPECT_EQ(epoch_count("out", first_network), trained);
    EXPECT_EQ(model_of("out"), model_of("whole"));
}

// A file system of its own, in memory: LMDB reports a full one as an input/output error, and maps a file into it.
TEST_F(FailureMidwayTest, of_train_on_a_disk_without_space_reports_that_the_disk_is_full) {
    std::filesystem::create_directories(path("small"));
    const std::vector<std::string> mount{"unshare",
                                         geteuid() == 0 ? "-m" : "-rm",
                                         "bash",
                                         "-c",
                                         "mount -t tmpfs -o size=\"$1\" none \"$0\" 2>&1 && shift && exec \"$@\"",
                                         path("small")};
    const auto with_size = [&](const std::string& size) {
        Surroundings surroundings{.launcher = mount};
        surroundings.launcher.push_back(size);
        return surroundings;
    };
    if (run("train", "whole", with_size("10m")).exit_status != 0)
        GTEST_SKIP() << "a file system cannot be mounted here";
    for (const char* size : {"24k", "40k"}) {
        const Outcome failed = run("train", "small/out", with_size(size));
        EXPECT_NE(failed.exit_status, 0) << size;
        EXPECT_THAT(lines_of(failed.err).back(),
                    testing::AllOf(testing::StartsWith("earmark: " + path("small/out/log-mel") + ": cannot "),
                                   EndsWith(": the disk is full (No space left on device)")))
            << size;
    }
}

TEST_F(FailureMidwayTest, of_train_at_the_end_loses_no_epoch) {
    ASSERT_EQ(run("train", "whole").exit_status, 0);
    std::filesystem::create_directories(path("out/model.earmark"));
    const Outcome failed = run("train", "out");
    EXPECT_EQ(failed.exit_status, 1) << failed.err;
    EXPECT_EQ(failed.out, "");
    EXPECT_THAT(failed.err,
                EndsWith("earmark: " + path("out/model.earmark") + ": cannot be written: Is a directory\n"));
    const std::size_t trained = epoch_count("out");

    std::filesystem::remove(path("out/model.earmark"));
    const Outcome resumed = run("train", "out");
    EXPECT_EQ(resumed.exit_status, 0) << resumed.err;
    EXPECT_EQ(epoch_count("out"), trained);
    EXPECT_EQ(model_of("out"), model_of("whole"));
}

TEST_F(FailureMidwayTest, of_analyze_whose_training_is_killed_is_status_1_and_the_same_command_resumes) {
    const Outcome whole = run("analyze", "whole");
    ASSERT_EQ(whole.exit_status, 0) << whole.err;
    const Outcome failed = run("analyze", "out", where_trainings_are_killed());
    EXPECT_EQ(failed.exit_status, 1) << failed.err;
    EXPECT_EQ(failed.out, "");
    EXPECT_THAT(lines_of(failed.err).back(),
                testing::AllOf(testing::StartsWith("earmark: a training process was killed"),
                               EndsWith("; run the same command again to resume")));
    EXPECT_FALSE(exists("out/report.html"));
    const std::size_t trained = epoch_count("out/seed-7", first_network);
    ASSERT_GT(trained, 0U);

    const Outcome resumed = run("analyze", "out");
    EXPECT_EQ(resumed.exit_status, 0) << resumed.err;
    EXPECT_EQ(epoch_count("out/seed-7", first_network), trained);
    for (const char* seed : {"/seed-7", "/seed-8"})
        EXPECT_EQ(model_of(std::string("out") + seed), model_of(std::string("whole") + seed));
    EXPECT_EQ(resumed.out.substr(0, resumed.out.find(path("out"))), whole.out.substr(0, whole.out.find(path("whole"))));
}

TEST_F(FailureMidwayTest, of_analyze_on_a_full_disk_reports_the_file_of_the_training) {
    const Outcome failed = run("analyze", "out", on_a_small_disk());
    EXPECT_EQ(failed.exit_status, 1) << failed.err;
    EXPECT_THAT(lines_of(failed.err).back(),
                testing::StartsWith("earmark: " + path("out/seed-7/checkpoints/local-network-18")));
    EXPECT_THAT(failed.err, EndsWith(": cannot be written: File too large\n"));
}

// A teaching keeps nothing to resume from: what it must not lose is the model of before.
class FailureOfTeachTest : public FailureMidwayTest {
protected:
    FailureOfTeachTest() {
        std::size_t count = 0;  // each song is another one: copies would stay in one fold
        for (const char* tag : {"calm", "wild"}) {
            std::filesystem::create_directories(folder_.path() / "mine" / tag);
            for (const char* name : {"a.wav", "b.wav", "c.wav"})
                write_wav(folder_.path() / "mine" / tag / name, synthetic_samples(4, ++count, 0.5));
        }
        folder_.write("taught.earmark", "of great worth");
        std::filesystem::create_directories(path("tmp"));
    }

    Outcome teach(Surroundings surroundings = {}) const {
        surroundings.environment = {"TMPDIR=" + path("tmp")};
        return run_earmark({"teach", model(), path("mine"), "--out", path("taught.earmark"), "--force", "--folds", "3",
                            "--jobs", "1", "--device", "cpu"},
                           surroundings);
    }

    void expect_failure(const Outcome& failed, const std::string& reason) const {
        EXPECT_EQ(failed.exit_status, 1) << failed.err;
        EXPECT_EQ(failed.out, "");
        EXPECT_THAT(lines_of(failed.err).back(), testing::AllOf(testing::StartsWith("earmark: "), HasSubstr(reason)));
        EXPECT_EQ(read_text(path("taught.earmark")), "of great worth");
        EXPECT_TRUE(std::filesystem::is_empty(path("tmp")));
    }
};

TEST_F(FailureOfTeachTest, on_a_full_disk_is_status_1_and_leaves_the_model_of_before_alone) {
    expect_failure(teach(on_a_small_disk()), ": cannot be written: File too large");
    EXPECT_EQ(teach().exit_status, 0);
    EXPECT_GT(std::filesystem::file_size(path("taught.earmark")), 1000U);
}

TEST_F(FailureOfTeachTest, whose_training_is_killed_is_status_1_and_leaves_the_model_of_before_alone) {
    expect_failure(teach(where_trainings_are_killed()), "a training process was killed by signal");
}

}  // namespace
}  // namespace earmark
