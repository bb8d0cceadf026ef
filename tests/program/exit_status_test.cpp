// The three exit statuses of every command, as docs/command-line.md has them. Those of the training commands are in
// train_test.cpp, teach_test.cpp and failure_midway_test.cpp, which are built where they are; those of the commands
// that search a library in library/exit_status_test.cpp.
#include <gtest/gtest.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

constexpr int all_done = 0;
constexpr int item_failed = 1;
constexpr int nothing_started = 2;

class ExitStatusTest : public ProgramTest {
protected:
    ExitStatusTest() {
        song("data/a.flac");
        song("data/b.flac");
        folder_.write("data/manifest.tsv", "path\tsplit\ttags\na.flac\ttest\tgenre---Rock\n");
        folder_.write("faulty/manifest.tsv", "path\tsplit\ttags\n" + path("data/a.flac") +
                                                 "\ttest\tgenre---Rock\nnone.mp3\ttest\tmood---Calm\n");
        folder_.write("songs.csv", "path,tags\ndata/a.flac,rock\n");
        folder_.write("missing.csv", "path,tags\ndata/a.flac,rock\nnone.mp3,rock\n");
    }

    static int status(const std::vector<std::string>& arguments) { return run_earmark(arguments).exit_status; }
};

TEST_F(ExitStatusTest, of_the_program) {
    EXPECT_EQ(status({"--help"}), all_done);
    EXPECT_EQ(status({"--version"}), all_done);
    EXPECT_EQ(status({}), nothing_started);
    EXPECT_EQ(status({"frobnicate"}), nothing_started);
}

TEST_F(ExitStatusTest, of_tag) {
    EXPECT_EQ(tag({path("data")}).exit_status, all_done);
    EXPECT_EQ(tag({path("none.mp3")}).exit_status, item_failed);
    EXPECT_EQ(tag({path("none.mp3"), path("data/a.flac")}).exit_status, item_failed);
    EXPECT_EQ(tag({}).exit_status, nothing_started);
    EXPECT_EQ(status({"tag", "--model", path("none.earmark"), path("data")}), nothing_started);
}

TEST_F(ExitStatusTest, of_embed) {
    EXPECT_EQ(status({"embed", "--model", model(), path("data")}), all_done);
    EXPECT_EQ(status({"embed", "--model", model(), path("none.mp3"), path("data")}), item_failed);
    EXPECT_EQ(status({"embed", "--model", path("none.earmark"), path("data")}), nothing_started);
    EXPECT_EQ(status({"embed", "--model", model(), path("data"), "--out", path("none/a.npz")}), nothing_started);
}

TEST_F(ExitStatusTest, of_taggram) {
    EXPECT_EQ(status({"taggram", "--model", model(), path("data/a.flac")}), all_done);
    EXPECT_EQ(status({"taggram", "--model", model(), path("none.mp3")}), item_failed);
    EXPECT_EQ(status({"taggram", "--model", path("none.earmark"), path("data/a.flac")}), nothing_started);
    EXPECT_EQ(status({"taggram", "--model", model(), path("data/a.flac"), "--out", path("none/a.csv")}),
              nothing_started);
}

TEST_F(ExitStatusTest, of_library_scan) {
    const std::vector<std::string> scan{"library",          "scan",      "--model", model(), "--db",
                                        path("library.db"), path("data")};
    EXPECT_EQ(status(scan), all_done);
    std::vector<std::string> also_none = scan;
    also_none.push_back(path("none"));
    EXPECT_EQ(status(also_none), item_failed);
    EXPECT_EQ(status({"library", "scan", "--model", model(), "--db", path("data")}), nothing_started);
    EXPECT_EQ(status({"library"}), nothing_started);
}

TEST_F(ExitStatusTest, of_similar) {
    EXPECT_EQ(status({"similar", "--model", model(), path("data/a.flac"), "--in", path("data")}), all_done);
    EXPECT_EQ(status({"similar", "--model", model(), path("none.mp3"), path("data/a.flac"), "--in", path("data")}),
              item_failed);
    EXPECT_EQ(status({"similar", "--model", model(), path("data/a.flac"), "--in", path("none.npz")}), nothing_started);
}

TEST_F(ExitStatusTest, of_explain) {
    EXPECT_EQ(status({"explain", "--model", model(), path("data/a.flac")}), all_done);
    EXPECT_EQ(status({"explain", "--model", model(), path("none.mp3")}), item_failed);
    EXPECT_EQ(status({"explain", "--model", model(), path("data/a.flac"), "--tag", "none"}), nothing_started);
    EXPECT_EQ(status({"explain", "--model", path("none.earmark"), path("data/a.flac")}), nothing_started);
}

TEST_F(ExitStatusTest, of_write_tags) {
    const std::string plan = path("plan");
    EXPECT_EQ(status({"write-tags", "--model", model(), path("data/a.flac"), "--plan", plan}), all_done);
    EXPECT_EQ(status({"write-tags", "--model", model(), path("none.mp3"), "--plan", plan}), item_failed);
    EXPECT_EQ(status({"write-tags", "--model", model(), path("data/a.flac"), "--plan", path("none/plan")}),
              nothing_started);
    EXPECT_EQ(status({"write-tags", "--apply", plan, "--journal", path("journal")}), all_done);
    EXPECT_EQ(status({"write-tags", "--undo", path("journal")}), all_done);
    EXPECT_EQ(status({"write-tags", "--undo", plan}), nothing_started);
}

TEST_F(ExitStatusTest, of_spectrogram) {
    EXPECT_EQ(status({"spectrogram", "--model", model(), path("data/a.flac"), "--out", path("a.npy")}), all_done);
    EXPECT_EQ(status({"spectrogram", "--model", model(), path("none.mp3"), "--out", path("b.npy")}), item_failed);
    EXPECT_EQ(status({"spectrogram", "--model", model(), path("data/a.flac")}), nothing_started);
}

TEST_F(ExitStatusTest, of_evaluate) {
    EXPECT_EQ(status({"evaluate", "--model", model(), "--data", path("data")}), all_done);
    EXPECT_EQ(status({"evaluate", "--model", model(), "--data", path("faulty")}), item_failed);
    EXPECT_EQ(status({"evaluate", "--model", model(), "--data", path("none")}), nothing_started);
    EXPECT_EQ(status({"evaluate", "--model", path("none.earmark"), "--data", path("data")}), nothing_started);
}

TEST_F(ExitStatusTest, of_dataset_import) {
    EXPECT_EQ(status({"dataset", "import", "table", path("songs.csv"), "--out", path("out")}), all_done);
    EXPECT_EQ(status({"dataset", "import", "table", path("missing.csv")}), item_failed);
    EXPECT_EQ(status({"dataset", "import", "table", path("none.csv")}), nothing_started);
    EXPECT_EQ(status({"dataset", "import", "table", path("songs.csv"), "--out", path("out")}), nothing_started);
}

TEST_F(ExitStatusTest, of_dataset_check) {
    EXPECT_EQ(status({"dataset", "check", path("data")}), all_done);
    EXPECT_EQ(status({"dataset", "check", path("faulty")}), item_failed);
    EXPECT_EQ(status({"dataset", "check", path("none")}), nothing_started);
}

TEST_F(ExitStatusTest, of_model_info) {
    EXPECT_EQ(status({"model", "info", model()}), all_done);
    EXPECT_EQ(status({"model", "info", path("none.earmark")}), nothing_started);
}

TEST_F(ExitStatusTest, of_model_tags) {
    EXPECT_EQ(status({"model", "tags", model()}), all_done);
    EXPECT_EQ(status({"model", "tags", path("data/a.flac")}), nothing_started);
}

TEST_F(ExitStatusTest, of_model_verify) {
    EXPECT_EQ(status({"model", "verify", model()}), all_done);
    Model wrong = model_with_self_test();
    wrong.self_test.probabilities[0] = wrong.self_test.probabilities[0] < 0.5F ? 0.9F : 0.1F;
    write_model(wrong, path("wrong.earmark"));
    EXPECT_EQ(status({"model", "verify", path("wrong.earmark")}), item_failed);
    EXPECT_EQ(status({"model", "verify", path("none.earmark")}), nothing_started);
}

}  // namespace
}  // namespace earmark
