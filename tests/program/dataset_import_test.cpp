// `earmark dataset import`: what it prints, writes and returns.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class DatasetImportTest : public testing::Test {
protected:
    DatasetImportTest() {
        folder_.write("lists/train_filtered.txt",
                      "blues/blues.00029.wav\nblues/blues.00030.wav\njazz/jazz.00054.wav\n");
        folder_.write("lists/test_filtered.txt", "jazz/jazz.00001.wav\n");
        for (const char* name : {"blues.00029.au", "blues.00030.au", "jazz.00054.au"}) {
            folder_.write(std::string("audio/") + name, "x");
        }
    }

    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string manifest(const std::string& folder = "out") const { return read_text(path(folder + "/manifest.tsv")); }

    static Outcome import(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"dataset", "import"});
        return run_earmark(arguments);
    }
    Outcome import_gtzan(std::vector<std::string> more) const {
        more.insert(more.begin(), {"gtzan", path("lists")});
        return import(more);
    }

    TemporaryFolder folder_;
};

TEST_F(DatasetImportTest, counts_without_audio_and_writes_nothing_unless_asked) {
    const Outcome outcome = import_gtzan({});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out,
              "4 clips, 2 tags\n"
              "  train            3\n"
              "  test             1\n"
              "note: jazz.00054.wav is damaged in a widespread copy of the data set\n"
              "note: audio files were not looked for; name their folder with --audio\n"
              "note: nothing was written; name an output folder with --out\n");
}

TEST_F(DatasetImportTest, writes_a_manifest_of_the_audio_that_is_there_and_names_what_is_missing) {
    const Outcome outcome = import_gtzan({"--audio", path("audio"), "--out", path("out")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: jazz/jazz.00001.wav: missing\n");
    EXPECT_THAT(outcome.out, StartsWith("3 clips, 2 tags\n"));
    EXPECT_THAT(outcome.out, HasSubstr("1 clip left out\n         1  missing\n"));
    EXPECT_EQ(manifest(), "path\tsplit\ttags\tartist\n" + path("audio/blues.00029.au") + "\ttrain\tgenre---blues\t\n" +
                              path("audio/blues.00030.au") + "\ttrain\tgenre---blues\t\n" +
                              path("audio/jazz.00054.au") + "\ttrain\tgenre---jazz\t\n");
    EXPECT_EQ(read_text(path("out/tags.txt")), "genre---blues\ngenre---jazz\n");
    EXPECT_EQ(read_text(path("out/left_out.tsv")), "path\tsplit\treason\njazz/jazz.00001.wav\ttest\tmissing\n");
}

TEST_F(DatasetImportTest, notes_in_one_line_what_of_a_folder_it_passed_over) {
    for (const char* name : {"music/Jazz/a.m4b", "music/Jazz/._a.m4b", "music/Jazz/cover.jpg", "music/notes.txt"}) {
        folder_.write(name, "x");
    }
    std::filesystem::create_directory_symlink("..", path("music/Jazz/up"));
    const Outcome outcome = import({"folder", path("music"), "--shares", "100,0,0", "--out", path("out")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("note: " + path("music") +
                                       ": passed over 3 files and 1 folder: 1 .jpg, 1 .txt, 1 hidden, 1 repeated "
                                       "folder\n"));
}

TEST_F(DatasetImportTest, does_not_replace_a_manifest_unless_forced) {
    folder_.write("out/manifest.tsv", "mine");
    const Outcome refused = import_gtzan({"--out", path("out")});
    EXPECT_EQ(refused.exit_status, 2);
    EXPECT_EQ(refused.err, "earmark: " + path("out/manifest.tsv") + ": exists already; --force replaces it\n");
    EXPECT_EQ(manifest(), "mine");
    EXPECT_EQ(import_gtzan({"--out", path("out"), "--force"}).exit_status, 0);
    EXPECT_THAT(manifest(), StartsWith("path\tsplit"));
}

TEST_F(DatasetImportTest, prints_no_more_than_ten_of_many_missing_files) {
    folder_.write("audio/TRAAAAA128F4000001.mp3", "x");
    std::string ids = "msd_id\ttags\nTRAAAAA128F4000001\trock\n";
    for (int i = 10; i < 40; ++i) ids += "TRAAAAB128F40000" + std::to_string(i) + "\trock\n";
    folder_.write("msd_train.tsv", ids);
    const Outcome outcome = import({"msd", path("msd_train.tsv"), "--audio", path("audio"), "--out", path("out")});
    EXPECT_EQ(outcome.exit_status, 1);
    const auto lines = lines_of(outcome.err);
    ASSERT_EQ(lines.size(), 11U);
    EXPECT_EQ(lines[0], "earmark: TRAAAAB128F4000010: missing");
    EXPECT_EQ(lines[10], "earmark: and 20 more, see " + path("out") + "/left_out.tsv");
}

TEST_F(DatasetImportTest, keeps_the_tags_that_are_asked_for) {
    folder_.write("msd_test.tsv",
                  "TRAAAAA128F4000001\trock,sad\nTRAAAAB128F4000001\trock\nTRAAAAC128F4000001\tsad,jazz,"
                  "rock\nTRAAAAD128F4000001\tjazz\n");
    EXPECT_THAT(import({"msd", path("msd_test.tsv"), "--top", "1"}).out, StartsWith("4 clips, 1 tag\n"));
    EXPECT_THAT(import({"msd", path("msd_test.tsv"), "--top", "1", "--drop-untagged"}).out,
                StartsWith("3 clips, 1 tag\n"));
    folder_.write("tags.txt", "jazz\nsad\n");
    import({"msd", path("msd_test.tsv"), "--tags", path("tags.txt"), "--out", path("out")});
    EXPECT_EQ(manifest(),
              "path\tsplit\ttags\tartist\nTRAAAAA128F4000001\ttest\tmood---sad\t\nTRAAAAB128F4000001\ttest\t\t\n"
              "TRAAAAC128F4000001\ttest\tmood---sad,genre---jazz\t\nTRAAAAD128F4000001\ttest\tgenre---jazz\t\n");
}

TEST_F(DatasetImportTest, splits_folders_and_keeps_artists_together) {
    for (int i = 0; i < 60; ++i)
        folder_.write("music/Jazz/artist " + std::to_string(i / 3) + "/" + std::to_string(i) + ".mp3", "x");
    const Outcome outcome =
        import({"folder", path("music"), "--category", "genre", "--shares", "50,25,25", "--out", path("music")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("  train  "));
    EXPECT_THAT(outcome.out, HasSubstr("note: the data set has no splits"));
    EXPECT_THAT(manifest("music"), HasSubstr("\nJazz/artist 0/1.mp3\t"));
}

// Two clips cannot be in three splits.
TEST_F(DatasetImportTest, notes_splits_that_few_clips_leave_empty) {
    for (const char* name : {"music/Jazz/a.mp3", "music/Soul/b.mp3"}) folder_.write(name, "x");
    const Outcome few = import({"folder", path("music")});
    EXPECT_EQ(few.exit_status, 0);
    EXPECT_THAT(few.out, HasSubstr("note: no clip is in "));
    EXPECT_THAT(few.out,
                HasSubstr("a hash chooses the splits, of 2 clips in all. Another --seed gives other splits, "));
    const Outcome wanted = import({"folder", path("music"), "--shares", "100,0,0"});
    EXPECT_THAT(wanted.out, testing::Not(HasSubstr("no clip is in ")));
}

TEST_F(DatasetImportTest, finds_the_audio_of_a_table_in_its_folder) {
    folder_.write("songs/list.csv", "path,genre,split\n../audio/blues.00029.au,Blues,train\nnone.mp3,Rock,test\n");
    const Outcome outcome = import({"table", path("songs/list.csv"), "--out", path("out")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: none.mp3: missing\n");
    EXPECT_THAT(manifest(), HasSubstr("blues.00029.au\ttrain\tgenre---Blues\t\n"));
}

TEST_F(DatasetImportTest, options_that_the_lists_cannot_follow_are_refused) {
    const Outcome seconds = import_gtzan({"--min-seconds", "10"});
    EXPECT_EQ(seconds.exit_status, 2);
    EXPECT_EQ(seconds.err,
              "earmark: --min-seconds: these lists have no durations; use 'earmark dataset check --min-seconds', which "
              "reads the audio\n");
    folder_.write("jamendo_test.tsv",
                  "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\n"
                  "track_1\ta\tb\t01/1.mp3\t29.9\tgenre---rock\ntrack_2\ta\tb\t02/2.mp3\t30.0\tgenre---rock\n");
    EXPECT_THAT(import({"jamendo", path("jamendo_test.tsv"), "--min-seconds", "30"}).out, StartsWith("1 clip,"));
    const Outcome part = import({"jamendo", path("jamendo_test.tsv"), "--split", "1"});
    EXPECT_EQ(part.exit_status, 2);
    EXPECT_EQ(part.err, "earmark: --split: expected the folder of the repository as SOURCE, found single lists\n");
}

TEST_F(DatasetImportTest, ids_without_tags_are_left_out_and_reported) {
    folder_.write("train_ids.txt", "TRAAAAA128F4000001\nTRAAAAB128F4000001\n");
    folder_.write("tags.tsv", "TRAAAAC128F4000001\trock\n");
    const Outcome outcome = import({"msd", path("train_ids.txt"), "--labels", path("tags.tsv")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.out,
                StartsWith("0 clips, 0 tags\n2 clips left out\n         2  has no tags in tags.tsv\nnote: audio"));
}

TEST_F(DatasetImportTest, wrong_usage_and_sources_end_with_status_2) {
    const Outcome no_kind = import({});
    EXPECT_EQ(no_kind.exit_status, 2);
    EXPECT_EQ(no_kind.err, "earmark: a command is missing (see 'earmark dataset import --help')\n");
    const Outcome shares = import({"folder", path("audio"), "--shares", "50,25,20"});
    EXPECT_EQ(shares.exit_status, 2);
    EXPECT_EQ(shares.err, "earmark: --shares: the three percentages must add up to 100\n");
    folder_.write("parts/train/calm/a.flac", "x");
    folder_.write("parts/test/calm/b.flac", "x");
    EXPECT_EQ(import({"folder", path("parts"), "--shares", "50,25,25"}).err,
              "earmark: --shares: this data set has its own splits; leave out --shares\n");
    const Outcome missing = import({"fma", path("nowhere")});
    EXPECT_EQ(missing.exit_status, 2);
    EXPECT_EQ(missing.err, "earmark: " + path("nowhere") + ": no such file\n");
    const Outcome nothing_left = import({"gtzan", path("lists"), "--audio", path("lists"), "--out", path("out")});
    EXPECT_EQ(nothing_left.exit_status, 2);
    EXPECT_THAT(nothing_left.err, HasSubstr("no clip is left to write; 4 clips left out"));
}

}  // namespace
}  // namespace earmark
