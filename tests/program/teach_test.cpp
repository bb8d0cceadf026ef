// `earmark teach`: its messages, tables and exit statuses.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"
#include "tests/training/support/synthetic_dataset.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::Not;

class TeachTest : public ProgramTest {
protected:
    /// Half a second of noise under this name, which no other song of the test has.
    std::string song(const std::string& name) {
        std::filesystem::create_directories((folder_.path() / name).parent_path());
        write_wav(folder_.path() / name, synthetic_samples(4, ++song_count_, 0.5));
        return path(name);
    }

    Outcome teach(const std::string& source, const Surroundings& surroundings = {}) const {
        return teach(std::vector<std::string>{source}, surroundings);
    }

    Outcome teach(std::vector<std::string> arguments, const Surroundings& surroundings = {}) const {
        arguments.insert(arguments.begin(), {"teach", model(), "--out", path("taught.earmark"), "--folds", "3"});
        return run_earmark(arguments, surroundings);
    }

    std::size_t song_count_ = 0;
};

TEST_F(TeachTest, takes_a_table_of_the_current_folder) {
    song("a.wav");
    folder_.write("table.csv", "path,tags\na.wav,Calm\n");
    const Outcome outcome = teach("table.csv", {.launcher = {"env", "-C", path("")}});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: table.csv: expected at least two tags, or one tag and clips without it\n");
}

TEST_F(TeachTest, of_a_table_without_clips_names_the_table) {
    folder_.write("table.csv", "path,tags\nnone.wav,Calm\n");
    EXPECT_THAT(teach(path("table.csv")).err,
                testing::EndsWith("\nearmark: " + path("table.csv") +
                                  ": no clip is left to write; 1 clip left out, the first: none.wav: missing\n"));
}

TEST_F(TeachTest, of_something_else_reports_what_is_expected) {
    const std::string expected =
        "; expected a folder with a folder for each tag, a table with the columns path and tags, or a folder with "
        "manifest.tsv\n";
    EXPECT_EQ(teach(song("song.wav")).err, "earmark: " + path("song.wav") + ": is an audio file" + expected);
    EXPECT_EQ(teach(path("none")).err, "earmark: " + path("none") + ": no such file or folder" + expected);
    const Outcome exchanged = run_earmark({"teach", path(""), "default", "--out", path("taught.earmark")});
    EXPECT_EQ(exchanged.exit_status, 2);
    EXPECT_EQ(exchanged.err,
              "earmark: " + path("") + ": is a folder; expected first a model file, or 'default', and then SOURCE\n");
}

TEST_F(TeachTest, of_too_few_clips_names_the_folder_of_the_user) {
    for (const char* name : {"mine/calm/a.wav", "mine/wild/b.wav"}) song(name);
    const Outcome outcome = teach(path("mine"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: " + path("mine") + ": expected at least 6 clips, found 2\n");
}

TEST_F(TeachTest, names_a_temporary_folder_that_is_missing) {
    for (const char* name : {"mine/calm/a.wav", "mine/wild/b.wav"}) song(name);
    const Outcome outcome = teach(path("mine"), {.environment = {"TMPDIR=/no/such"}});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: TMPDIR: /no/such: expected a folder for temporary files\n");
}

// More work than fits into the time. The temporary folder shows that the command has begun.
TEST_F(TeachTest, an_interrupt_leaves_neither_a_model_nor_temporary_files) {
    for (const char* tag : {"calm", "wild"}) {
        song(std::string("mine/") + tag + "/0.wav");
        for (int i = 1; i < 2000; ++i) {
            std::filesystem::create_hard_link(path(std::string("mine/") + tag + "/0.wav"),
                                              path(std::string("mine/") + tag + "/" + std::to_string(i) + ".wav"));
        }
    }
    std::filesystem::create_directory(path("temporary"));
    const std::string script =
        R"sh("$@" & while kill -0 $! && [ -z "$(ls "$TMPDIR")" ]; do sleep 0.02; done; kill -INT $!; wait $!)sh";
    const Outcome outcome = teach(
        path("mine"), {.environment = {"TMPDIR=" + path("temporary")}, .launcher = {"/bin/sh", "-c", script, "sh"}});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, testing::EndsWith("earmark: stopped; nothing was written\n"));
    EXPECT_FALSE(std::filesystem::exists(path("taught.earmark")));
    EXPECT_TRUE(std::filesystem::is_empty(path("temporary")));
}

TEST_F(TeachTest, replaces_a_file_only_with_force) {
    for (const char* tag : {"calm", "wild"}) {
        for (const char* name : {"a", "b", "c"}) song(std::string("mine/") + tag + "/" + name + ".wav");
    }
    folder_.write("taught.earmark", "of great worth");
    const Outcome refused = teach(path("mine"));
    EXPECT_EQ(refused.exit_status, 2);
    EXPECT_EQ(refused.err, "earmark: " + path("taught.earmark") + ": exists already; --force replaces it\n");
    EXPECT_EQ(std::filesystem::file_size(path("taught.earmark")), 14U);
    EXPECT_EQ(teach({path("mine"), "--force"}).exit_status, 0);
    EXPECT_GT(std::filesystem::file_size(path("taught.earmark")), 1000U);
}

TEST_F(TeachTest, gives_the_tags_of_folders_a_category) {
    for (const char* tag : {"calm", "wild"}) {
        for (const char* name : {"a", "b", "c"}) song(std::string("mine/") + tag + "/" + name + ".wav");
    }
    const Outcome outcome = teach({path("mine"), "--category", "mood"});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, testing::StartsWith("tag   examples  ROC-AUC"));
    EXPECT_THAT(outcome.out, HasSubstr("\ncalm         3  "));
    EXPECT_THAT(outcome.out, HasSubstr("(always answering 'calm', the largest class: 0.50)"));
    EXPECT_THAT(outcome.out,
                testing::ContainsRegex("\nbalanced accuracy 0\\.[0-9]+.*\\(always answering the same: 0\\.50\\)\n"));
    EXPECT_THAT(outcome.out,
                testing::ContainsRegex("\nclips by their tag \\(rows\\) and the predicted tag \\(columns\\)\n"
                                       "      calm  wild\ncalm     [0-3]     [0-3]\nwild     [0-3]     [0-3]\n"));
    const Outcome tagged = run_earmark({"tag", "--model", path("taught.earmark"), "--all", path("mine/calm/a.wav")});
    EXPECT_THAT(tagged.out, testing::ContainsRegex("\n *mood +(calm|wild) "));
}

TEST_F(TeachTest, shows_whole_labels_where_two_have_the_same_name) {
    std::string manifest = "path\tsplit\ttags\n";
    for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
        const std::string file = std::string(name) + ".wav";
        song("mine/" + file);
        manifest += file + "\ttrain\t" + (*name < 'd' ? "genre---calm" : "mood---calm,mood---wild") + "\n";
    }
    folder_.write("mine/manifest.tsv", manifest);
    const Outcome outcome = teach(path("mine"));
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    for (const char* tag : {"genre---calm", "mood---calm", "wild"})
        EXPECT_THAT(outcome.out, HasSubstr(std::string("\n") + tag + " "));
}

TEST_F(TeachTest, takes_a_category_for_folders_alone) {
    song("a.wav");
    folder_.write("table.csv", "path,tags\na.wav,Calm\n");
    const Outcome outcome = teach({path("table.csv"), "--category", "mood"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: --category: " + path("table.csv") +
                               " has categories of its own; expected a folder with a folder for each tag\n");
}

TEST_F(TeachTest, names_copies_and_keeps_them_in_one_fold) {
    for (const char* tag : {"calm", "wild"}) {
        for (const char* name : {"a", "b", "c"}) song(std::string("mine/") + tag + "/" + name + ".wav");
    }
    std::filesystem::copy_file(path("mine/calm/b.wav"), path("mine/wild/again.wav"));
    const Outcome outcome = teach("mine", {.launcher = {"env", "-C", path("")}});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.err, HasSubstr("\nearmark: copies, kept in one fold: mine/calm/b.wav = mine/wild/again.wav\n"));
}

TEST_F(TeachTest, asks_before_it_takes_a_music_library_for_examples) {
    for (int folder = 0; folder < 12; ++folder) {
        for (const char* name : {"a", "b"}) song("music/album " + std::to_string(folder) + "/" + name + ".wav");
    }
    const Outcome outcome = teach(path("music"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err,
              "earmark: " + path("music") +
                  ": looks like a music library, not like a folder with a folder of examples for each tag: "
                  "12 of its 12 folders have fewer than 10 songs; --yes trains a tag for each folder all the "
                  "same\n");
    EXPECT_EQ(teach({path("music"), "--yes"}).exit_status, 0);
}

TEST_F(TeachTest, knows_the_names_of_artists_from_the_names_of_songs) {
    for (const std::string artist : {"The Band", "A Singer", "Orchestra", "Trio"}) {
        for (const char* title : {"One", "Two"})
            song("music/" + artist + "/Album/01 - " + artist + " - " + title + ".wav");
        for (const char* number : {"1", "2"}) song("moods/" + artist + "/" + artist + " - " + number + ".wav");
    }
    const Outcome outcome = teach(path("music"));
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err,
                HasSubstr("4 of its 4 folders have the name of an artist, with which their songs begin; --yes"));
    EXPECT_EQ(teach(path("moods")).exit_status, 0);
}

TEST_F(TeachTest, spells_a_tag_with_a_comma_in_another_way_and_reports_that) {
    for (const char* tag : {"R&B, Soul", "wild"}) {
        for (const char* name : {"a", "b", "c"}) song(std::string("mine/") + tag + "/" + name + ".wav");
    }
    const Outcome outcome = teach(path("mine"));
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.err,
                HasSubstr("earmark: the tag 'R&B, Soul' is spelled 'R&B Soul' here: a comma separates tags "
                          "from each other\n"));
}

TEST_F(TeachTest, names_a_damaged_clip_once_by_its_own_name) {
    for (const char* tag : {"calm", "wild"}) {
        for (const char* name : {"a", "b", "c", "d"}) song(std::string("mine/") + tag + "/" + name + ".wav");
    }
    folder_.write("mine/calm/broken.wav", "no music");
    folder_.write("mine/wild/empty.wav", "");
    const Outcome outcome = teach(path("mine"));
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, HasSubstr("empty.wav: left out"));
    const std::size_t first = outcome.err.find("broken.wav");
    ASSERT_NE(first, std::string::npos) << outcome.err;
    EXPECT_EQ(outcome.err.find("broken.wav", first + 1), std::string::npos) << outcome.err;
    EXPECT_THAT(outcome.err, Not(HasSubstr("manifest.tsv")));
    EXPECT_THAT(outcome.err, Not(HasSubstr("seed-1")));
    EXPECT_THAT(outcome.err, Not(HasSubstr("epoch")));
    EXPECT_THAT(outcome.err, HasSubstr("\nfold 3 of 3\ntraining the final model\n"));
    EXPECT_THAT(outcome.err, testing::EndsWith("\nearmark: 2 clips left out, as reported above\n"));
    const Outcome info = run_earmark({"model", "info", path("taught.earmark")});
    EXPECT_THAT(info.out, HasSubstr("trained on    mine: "));
    EXPECT_THAT(info.out, HasSubstr("taught\n"));
    EXPECT_THAT(outcome.err, HasSubstr("the model predicts exactly one for every song"));
}

}  // namespace
}  // namespace earmark
