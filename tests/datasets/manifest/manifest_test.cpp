#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "datasets/manifest/dataset.h"
#include "tests/datasets/error_of.h"

namespace earmark::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Manifest : public testing::Test {
protected:
    Dataset read(std::string_view text) {
        folder_.write("manifest.tsv", text);
        return read_manifest(folder_.path());
    }

    TemporaryFolder folder_;
};

TEST_F(Manifest, gives_path_split_labels_and_artist) {
    const auto dataset = read("path\tsplit\ttags\tartist\ttitle\naudio/a.opus\ttrain\trock,sad\tQueen\tSong\n");
    ASSERT_EQ(dataset.clips.size(), 1U);
    const Clip& clip = dataset.clips[0];
    EXPECT_EQ(clip.path, "audio/a.opus");
    EXPECT_EQ(clip.split, "train");
    EXPECT_THAT(clip.labels, ElementsAre("rock", "sad"));
    EXPECT_EQ(clip.artist, "Queen");
    EXPECT_EQ(clip.line, 2U);
    EXPECT_EQ(dataset.folder, folder_.path());
    EXPECT_EQ(dataset.manifest, folder_.path() / "manifest.tsv");
}

TEST_F(Manifest, columns_may_come_in_any_order) {
    const auto dataset = read("tags\tyear\tartist\tpath\tsplit\njazz\t1959\tMiles\tx.mp3\tvalid\n");
    const Clip& clip = dataset.clips.at(0);
    EXPECT_EQ(clip.path, "x.mp3");
    EXPECT_EQ(clip.split, "valid");
    EXPECT_THAT(clip.labels, ElementsAre("jazz"));
    EXPECT_EQ(clip.artist, "Miles");
}

TEST_F(Manifest, the_artist_may_be_unknown) {
    EXPECT_EQ(read("path\tsplit\ttags\na.mp3\ttrain\trock\n").clips.at(0).artist, "");
}

TEST_F(Manifest, lines_may_end_in_cr_lf) {
    const auto dataset = read("path\tsplit\ttags\r\na.mp3\ttrain\trock,sad\r\nb.mp3\ttest\tpop\r\n");
    ASSERT_EQ(dataset.clips.size(), 2U);
    EXPECT_THAT(dataset.clips[0].labels, ElementsAre("rock", "sad"));
    EXPECT_THAT(dataset.clips[1].labels, ElementsAre("pop"));
}

TEST_F(Manifest, a_byte_order_mark_is_skipped) {
    EXPECT_EQ(read("\xEF\xBB\xBFpath\tsplit\ttags\na.mp3\ttrain\trock\n").clips.at(0).path, "a.mp3");
}

TEST_F(Manifest, the_last_line_needs_no_end) {
    EXPECT_EQ(read("path\tsplit\ttags\na.mp3\ttrain\trock\nb.mp3\ttrain\tpop").clips.size(), 2U);
}

TEST_F(Manifest, empty_lines_are_skipped_and_counted) {
    const auto dataset = read("path\tsplit\ttags\n\na.mp3\ttrain\trock\n  \n\r\nb.mp3\ttrain\tpop\n\n");
    ASSERT_EQ(dataset.clips.size(), 2U);
    EXPECT_EQ(dataset.clips[0].line, 3U);
    EXPECT_EQ(dataset.clips[1].line, 6U);
}

TEST_F(Manifest, a_clip_may_have_no_labels) {
    EXPECT_THAT(read("path\tsplit\ttags\na.mp3\ttrain\t\n").clips.at(0).labels, IsEmpty());
}

TEST_F(Manifest, a_label_twice_in_a_clip_counts_once) {
    EXPECT_THAT(read("path\tsplit\ttags\na.mp3\ttrain\trock,sad,rock\n").clips.at(0).labels,
                ElementsAre("rock", "sad"));
}

TEST_F(Manifest, spaces_around_words_do_not_matter_and_those_within_do) {
    const auto dataset = read(" path \tsplit\t tags\tartist\nmy song.mp3\t train \t hip hop , sad ,, \t The Who \n");
    const Clip& clip = dataset.clips.at(0);
    EXPECT_EQ(clip.path, "my song.mp3");
    EXPECT_EQ(clip.split, "train");
    EXPECT_THAT(clip.labels, ElementsAre("hip hop", "sad"));
    EXPECT_EQ(clip.artist, "The Who");
}

TEST_F(Manifest, a_path_keeps_its_spaces) {
    EXPECT_EQ(read("path\tsplit\ttags\n a.mp3 \ttrain\trock\n").clips.at(0).path, " a.mp3 ");
}

TEST_F(Manifest, a_split_may_be_any_word_or_none) {
    const auto dataset = read("path\tsplit\ttags\na.mp3\tcv\trock\nb.mp3\t\trock\n");
    EXPECT_EQ(dataset.clips.at(0).split, "cv");
    EXPECT_EQ(dataset.clips.at(1).split, "");
}

TEST_F(Manifest, a_clip_may_have_known_labels) {
    const auto dataset = read("path\ttags\tsplit\tknown\na\tgenre---rock\ttrain\tgenre, mood---sad\nb\tx\ttrain\t\n");
    ASSERT_TRUE(dataset.clips.at(0).known);
    EXPECT_THAT(*dataset.clips[0].known, ElementsAre("genre", "mood---sad"));
    EXPECT_FALSE(dataset.clips.at(1).known) << "empty: everything";
}

TEST_F(Manifest, a_clip_may_have_labels_that_are_likely) {
    const auto dataset = read(
        "path\ttags\tsplit\tknown\tlikely\n"
        "a\tgenre---Jazz\ttrain\tgenre---Rock\tgenre---Soul=0.25, mood---x=y=1\n"
        "b\tx\ttrain\t\t\n");
    EXPECT_THAT(dataset.clips.at(0).likely,
                ElementsAre(std::pair("genre---Soul", 0.25F), std::pair("mood---x=y", 1.0F)));
    EXPECT_TRUE(dataset.clips.at(1).likely.empty());
}

TEST_F(Manifest, a_likely_label_that_is_known_or_has_no_probability_is_an_error) {
    const auto error = [&](const std::string& likely) {
        return error_of([&] { read("path\tsplit\ttags\tknown\tlikely\na\ttrain\tJazz\tgenre\t" + likely + "\n"); },
                        folder_);
    };
    EXPECT_THAT(error("Soul"),
                HasSubstr("manifest.tsv:2: likely: 'Soul' has no probability; expected LABEL=P with P from 0 to 1"));
    EXPECT_THAT(error("Soul="), HasSubstr("has no probability"));
    EXPECT_THAT(error("Soul=1.1"), HasSubstr("has no probability"));
    EXPECT_THAT(error("Soul=-0.1"), HasSubstr("has no probability"));
    EXPECT_THAT(error("Soul=nan"), HasSubstr("has no probability"));
    EXPECT_THAT(error("Jazz=0.5"),
                HasSubstr("likely: 'Jazz' is known; expected a label that is neither in tags nor in known"));
    EXPECT_THAT(error("genre---Soul=0.5"), HasSubstr("is known"));
    EXPECT_THAT(error("Soul=0.5,Soul=0.6"), HasSubstr("likely: 'Soul' is there twice"));
}

TEST_F(Manifest, without_a_column_all_is_known) {
    EXPECT_FALSE(read("path\tsplit\ttags\na\ttrain\tx\n").clips.at(0).known);
}

TEST_F(Manifest, one_that_was_written_is_read_as_it_was) {
    std::vector<Clip> clips{{"audio/a, b.mp3", "train", {"genre---rock", "mood---sad"}, "The Who", 0},
                            {"/music/c.mp3", "", {}, "", 0}};
    clips[0].known = {"genre", "mood---sad"};
    clips[0].predicted = {"genre"};
    clips[0].likely = {{"mood---calm", 0.1F}, {"mood---wild", 1.0F}};
    write_manifest(folder_.path(), clips);
    const auto read = read_manifest(folder_.path()).clips;
    ASSERT_EQ(read.size(), 2U);
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(read[i].path, clips[i].path);
        EXPECT_EQ(read[i].split, clips[i].split);
        EXPECT_EQ(read[i].labels, clips[i].labels);
        EXPECT_EQ(read[i].artist, clips[i].artist);
        EXPECT_EQ(read[i].known, clips[i].known);
        EXPECT_EQ(read[i].predicted, clips[i].predicted);
        EXPECT_EQ(read[i].likely, clips[i].likely);
    }
}

TEST_F(Manifest, labels_that_models_predicted_are_not_annotated) {
    const auto dataset = read(
        "path\ttags\tsplit\tknown\tpredicted\n"
        "a\tgenre---Jazz,mood---Sad\ttrain\tgenre,mood---Calm\tgenre,mood---Calm\n"
        "b\tmood---Sad\ttrain\t\t\n");
    const std::vector<std::string> labels{"genre---Jazz", "genre---Rock", "mood---Sad", "mood---Calm", "mood---Wild"};
    using testing::IsNan;
    EXPECT_THAT(annotated_targets(dataset.clips.at(0), labels), ElementsAre(IsNan(), IsNan(), 1.0F, IsNan(), IsNan()));
    EXPECT_THAT(annotated_targets(dataset.clips.at(1), labels), ElementsAre(0.0F, 0.0F, 1.0F, 0.0F, 0.0F));
}

// As LibreOffice and Excel write fields with commas or quotes.
TEST_F(Manifest, one_that_a_spreadsheet_saved_has_fields_in_quotes) {
    const auto dataset = read(
        "path\tsplit\t\"tags\"\tartist\tknown\r\n"
        "\"a, \"\"b\"\".mp3\"\ttrain\t\"genre---Rock,mood---Sad\"\t\"Who, The\"\t\"genre,mood\"\r\n"
        "\t\t\t\t\r\n");
    ASSERT_EQ(dataset.clips.size(), 1U) << "an empty row is no clip";
    const Clip& clip = dataset.clips[0];
    EXPECT_EQ(clip.path, "a, \"b\".mp3");
    EXPECT_THAT(clip.labels, ElementsAre("genre---Rock", "mood---Sad"));
    EXPECT_EQ(clip.artist, "Who, The");
    EXPECT_THAT(clip.known.value(), ElementsAre("genre", "mood"));
}

TEST_F(Manifest, quotes_that_are_a_part_of_a_name_stay) {
    const auto dataset = read("path\tsplit\ttags\tartist\n\"Heroes\".mp3\ttrain\t12\" mix\t\"Weird Al\" Yankovic\n");
    const Clip& clip = dataset.clips.at(0);
    EXPECT_EQ(clip.path, "\"Heroes\".mp3");
    EXPECT_THAT(clip.labels, ElementsAre("12\" mix"));
    EXPECT_EQ(clip.artist, "\"Weird Al\" Yankovic");
}

TEST_F(Manifest, names_that_are_in_quotes_are_read_as_they_were_written) {
    for (const char* name : {"\"quoted\"", "\"", "\"\"", "\"a\"\"b\"", "\"a\"b\"", "a\"b", "\"open"}) {
        write_manifest(folder_.path(), {{name, name, {name}, name, 0}});
        const Clip clip = read_manifest(folder_.path()).clips.at(0);
        EXPECT_EQ(clip.path, name);
        EXPECT_EQ(clip.split, name);
        EXPECT_THAT(clip.labels, ElementsAre(name));
        EXPECT_EQ(clip.artist, name);
    }
}

TEST_F(Manifest, accents_may_be_spelled_in_two_ways) {
    const auto dataset =
        read("path\tsplit\ttags\tartist\tknown\na\ttrain\tcafe\u0301,caf\u00E9\tBjo\u0308rk\tcafe\u0301\n");
    const Clip& clip = dataset.clips.at(0);
    EXPECT_THAT(clip.labels, ElementsAre("caf\u00E9"));
    EXPECT_EQ(clip.artist, "Bj\u00F6rk");
    EXPECT_THAT(clip.known.value(), ElementsAre("caf\u00E9"));
}

TEST_F(Manifest, a_path_is_found_in_the_other_spelling_of_accents) {
    folder_.write("Bjo\u0308rk/caf\u00E9.mp3", "x");
    auto dataset = read("path\tsplit\ttags\nBj\u00F6rk/cafe\u0301.mp3\ttrain\trock\n");
    EXPECT_THAT(remove_missing(dataset), IsEmpty());
    EXPECT_EQ(dataset.audio_path(dataset.clips.at(0)), folder_.path() / "Bjo\u0308rk/caf\u00E9.mp3");
}

TEST_F(Manifest, two_spellings_of_a_path_are_one_unless_there_are_two_files) {
    const std::string text = "path\tsplit\ttags\ncaf\u00E9.mp3\ttrain\tx\ncafe\u0301.mp3\ttest\tx\n";
    folder_.write("caf\u00E9.mp3", "x");
    EXPECT_EQ(error_of([&] { read(text); }, folder_),
              "invalid_dataset FOLDER/manifest.tsv:3: cafe\u0301.mp3 is already on line 2");
    folder_.write("cafe\u0301.mp3", "another one");
    EXPECT_EQ(read(text).clips.size(), 2U);
}

TEST_F(Manifest, tags_that_are_not_utf8_are_refused_and_names_of_files_may_be_any_bytes) {
    EXPECT_EQ(read("path\tsplit\ttags\ncaf\xE9.mp3\ttrain\tx\n").clips.at(0).path, "caf\xE9.mp3");
    EXPECT_EQ(error_of([&] { read("path\tsplit\ttags\na\ttrain\tcaf\xE9\n"); }, folder_),
              "invalid_dataset FOLDER/manifest.tsv:2: the tags are not UTF-8; expected UTF-8; save the table with this "
              "encoding");
}

TEST_F(Manifest, texts_that_do_not_fit_are_written_with_spaces) {
    write_manifest(folder_.path(), {{"a.mp3", "train", {"rock, pop"}, "A\tB\nC", 0}});
    const Clip clip = read_manifest(folder_.path()).clips.at(0);
    EXPECT_THAT(clip.labels, ElementsAre("rock pop"));
    EXPECT_EQ(clip.artist, "A B C");
}

TEST(LabelSpelling, has_one_space_for_what_does_not_fit) {
    EXPECT_EQ(label_spelling("genre---rock, hard"), "genre---rock hard");
    EXPECT_EQ(label_spelling(" rock ,\t hard\r\n"), "rock hard");
    EXPECT_EQ(label_spelling("two  spaces"), "two  spaces");
    EXPECT_EQ(label_spelling(" , "), "");
}

TEST_F(Manifest, a_path_that_does_not_fit_is_not_written) {
    EXPECT_EQ(error_of(
                  [&] {
                      write_manifest(folder_.path(), {{"a\tb.mp3", "train", {}, "", 0}});
                  },
                  folder_),
              "invalid_dataset a\tb.mp3: the name has a TAB or line end, which a manifest cannot hold");
}

TEST_F(Manifest, relative_paths_start_at_the_folder_and_absolute_ones_stay) {
    const auto dataset = read("path\tsplit\ttags\naudio/a.mp3\ttrain\trock\n/music/b.mp3\ttrain\trock\n");
    EXPECT_EQ(dataset.audio_path(dataset.clips[0]), folder_.path() / "audio/a.mp3");
    EXPECT_EQ(dataset.audio_path(dataset.clips[1]), "/music/b.mp3");
}

TEST_F(Manifest, paths_of_any_script_are_found) {
    folder_.write("音楽/Ænima – ñ.mp3", "x");
    auto dataset = read("path\tsplit\ttags\n音楽/Ænima – ñ.mp3\ttrain\trock\n");
    EXPECT_THAT(remove_missing(dataset), IsEmpty());
    EXPECT_EQ(dataset.clips.size(), 1U);
}

TEST_F(Manifest, a_split_has_its_clips_in_order) {
    const auto dataset = read("path\tsplit\ttags\na\ttrain\tx\nb\ttest\tx\nc\ttrain\tx\n");
    const auto train = dataset.split("train");
    ASSERT_EQ(train.size(), 2U);
    EXPECT_EQ(train[0].path, "a");
    EXPECT_EQ(train[1].path, "c");
    EXPECT_THAT(dataset.split("valid"), IsEmpty());
}

TEST_F(Manifest, missing_files_are_taken_out_and_named_with_their_lines) {
    folder_.write("b.mp3", "x");
    auto dataset = read("path\tsplit\ttags\na.mp3\ttrain\trock\nb.mp3\ttrain\trock\n/nowhere/c.mp3\ttest\trock\n");
    const std::string manifest = (folder_.path() / "manifest.tsv").string();
    EXPECT_THAT(remove_missing(dataset),
                ElementsAre(ClipProblem{"a.mp3", manifest, 2, "a.mp3: no such file"},
                            ClipProblem{"/nowhere/c.mp3", manifest, 4, "/nowhere/c.mp3: no such file"}));
    ASSERT_EQ(dataset.clips.size(), 1U);
    EXPECT_EQ(dataset.clips[0].path, "b.mp3");
}

TEST_F(Manifest, a_missing_manifest_is_named) {
    EXPECT_EQ(
        error_of([&] { read_manifest(folder_.path()); }, folder_),
        "not_found FOLDER: has no manifest.tsv; expected a data set; 'earmark dataset import' makes one of folders "
        "of music, tables and published lists");
}

TEST_F(Manifest, a_file_instead_of_its_folder_is_named) {
    const auto manifest = folder_.write("manifest.tsv", "path\tsplit\ttags\na\ttrain\tx\n");
    EXPECT_EQ(error_of([&] { read_manifest(manifest); }, folder_),
              "not_found FOLDER/manifest.tsv: is a file; expected a data set, which is a folder with manifest.tsv");
}

TEST_F(Manifest, a_missing_folder_is_named) {
    EXPECT_EQ(error_of([&] { read_manifest(folder_.path() / "none"); }, folder_),
              "not_found FOLDER/none: no such folder");
}

TEST_F(Manifest, a_folder_in_its_place_is_an_error) {
    std::filesystem::create_directory(folder_.path() / "manifest.tsv");
    EXPECT_EQ(error_of([&] { read_manifest(folder_.path()); }, folder_),
              "unreadable FOLDER/manifest.tsv: is a folder; expected a text file");
}

TEST_F(Manifest, one_that_may_not_be_read_is_an_error) {
    const auto path = folder_.write("manifest.tsv", "path\tsplit\ttags\n");
    std::filesystem::permissions(path, std::filesystem::perms::none);
    if (std::ifstream(path)) GTEST_SKIP() << "this user may read every file";
    EXPECT_EQ(error_of([&] { read_manifest(folder_.path()); }, folder_),
              "unreadable FOLDER/manifest.tsv: cannot be read");
}

struct WrongManifest {
    const char* name;
    const char* text;
    const char* error;
};

void PrintTo(const WrongManifest& wrong, std::ostream* out) { *out << wrong.name; }

class WrongManifests : public testing::TestWithParam<WrongManifest> {};

TEST_P(WrongManifests, are_refused_by_name_and_line) {
    const TemporaryFolder folder;
    folder.write("manifest.tsv", GetParam().text);
    EXPECT_EQ(error_of([&] { read_manifest(folder.path()); }, folder),
              std::string("invalid_dataset FOLDER/manifest.tsv") + GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    , WrongManifests,
    testing::Values(WrongManifest{"empty", "", ": is empty; expected a header line that names path, split and tags"},
                    WrongManifest{"only_empty_lines", "\n \r\n",
                                  ": is empty; expected a header line that names path, split and tags"},
                    WrongManifest{"header_only", "path\tsplit\ttags\n",
                                  ": has no clips; expected one line per clip after the header"},
                    WrongManifest{"column_twice", "path\tsplit\ttags\tpath\na\ttrain\tx\tb\n",
                                  ":1: column 'path' occurs twice"},
                    WrongManifest{"too_few_fields", "path\tsplit\ttags\na\ttrain\tx\nb\ttrain\n",
                                  ":3: expected 3 TAB-separated fields, as in the header; found 2"},
                    WrongManifest{"too_many_fields", "path\tsplit\ttags\na\ttrain\tx\ty\n",
                                  ":2: expected 3 TAB-separated fields, as in the header; found 4"},
                    WrongManifest{"line_number_after_empty_lines", "path\tsplit\ttags\n\n\nb\n",
                                  ":4: expected 3 TAB-separated fields, as in the header; found 1"},
                    WrongManifest{"path_twice", "path\tsplit\ttags\na.mp3\ttrain\tx\nb\ttrain\tx\na.mp3\ttest\ty\n",
                                  ":4: a.mp3 is already on line 2"},
                    WrongManifest{"path_twice_in_other_words", "path\tsplit\ttags\na.mp3\ttrain\tx\n./a.mp3\ttest\ty\n",
                                  ":3: ./a.mp3 is already on line 2"},
                    WrongManifest{"path_empty", "path\tsplit\ttags\n\ttrain\tx\n", ":2: the path is empty"}),
    [](const auto& test) { return test.param.name; });

class MissingColumn : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(MissingColumn, is_named) {
    const auto& [column, header] = GetParam();
    const TemporaryFolder folder;
    folder.write("manifest.tsv", std::string(header) + "\na\tb\tc\n");
    EXPECT_EQ(error_of([&] { read_manifest(folder.path()); }, folder),
              "invalid_dataset FOLDER/manifest.tsv:1: no column '" + std::string(column) +
                  "'; expected a TAB-separated header line that names path, split and tags" +
                  (std::string_view(header).find(',') == std::string_view::npos
                       ? ""
                       : "; 'earmark dataset import table' reads other separators"));
}

INSTANTIATE_TEST_SUITE_P(, MissingColumn,
                         testing::Values(std::pair("path", "Path\tsplit\ttags"), std::pair("split", "path\ttags\tx"),
                                         std::pair("tags", "path\tsplit\tlabels"),
                                         std::pair("path", "path,split,tags")));

}  // namespace
}  // namespace earmark::test
