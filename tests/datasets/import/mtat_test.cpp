#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

constexpr const char* header = "\"clip_id\"\t\"no voice\"\t\"rock\"\t\"slow\"\t\"odd tag\"\t\"mp3_path\"\n";

class MtatImport : public ImportTest {
protected:
    std::filesystem::path annotations(const std::string& rows) const {
        return write("annotations_final.csv", header + rows);
    }
    std::string error_in(const std::string& rows) const {
        return error([&] { import_mtat({annotations(rows)}, MtatConvention::full); });
    }
};

constexpr const char* rows =
    "\"2\"\t\"0\"\t\"1\"\t\"1\"\t\"0\"\t\"b/some_band-an_album-01-a_song-0-29.mp3\"\n"
    "\"6\"\t\"1\"\t\"0\"\t\"1\"\t\"1\"\t\"c/other-album-02-song-30-59.mp3\"\n"
    "\"7\"\t\"0\"\t\"0\"\t\"0\"\t\"0\"\t\"d/third-album-02-song-30-59.mp3\"\n"
    "\"35644\"\t\"0\"\t\"0\"\t\"1\"\t\"0\"\t\"6/broken-album-02-song-30-59.mp3\"\n"
    "\"9\"\t\"0\"\t\"1\"\t\"1\"\t\"0\"\t\"f/fourth-album-02-song-30-59.mp3\"\n";

TEST_F(MtatImport, reads_annotations_split_by_folder_with_categories_and_artists) {
    const Imported imported = import_mtat({annotations(rows)}, MtatConvention::full);
    EXPECT_THAT(texts_of(imported),
                ElementsAre("b/some_band-an_album-01-a_song-0-29.mp3|train|genre---rock,mood---slow|some band",
                            "c/other-album-02-song-30-59.mp3|valid|voice---no voice,mood---slow,other---odd tag|other",
                            "d/third-album-02-song-30-59.mp3|test||third",
                            "f/fourth-album-02-song-30-59.mp3|test|genre---rock,mood---slow|fourth"));
}

TEST_F(MtatImport, names_the_broken_files_but_counts_their_tags) {
    const Imported imported = import_mtat({annotations(rows)}, MtatConvention::full);
    EXPECT_THAT(left_out_of(imported),
                ElementsAre("6/broken-album-02-song-30-59.mp3|train|broken in the published audio"));
    EXPECT_THAT(imported.tags, ElementsAre("mood---slow", "genre---rock", "voice---no voice", "other---odd tag"));
}

TEST_F(MtatImport, keeps_the_tags_with_the_largest_sums_and_drops_clips_without_one) {
    Imported imported = import_mtat({annotations(rows)}, MtatConvention::clean);
    keep_top_tags(imported, 2);
    drop_untagged(imported);
    EXPECT_THAT(imported.tags, ElementsAre("mood---slow", "genre---rock"));
    EXPECT_THAT(texts_of(imported),
                ElementsAre("b/some_band-an_album-01-a_song-0-29.mp3|train|genre---rock,mood---slow|some band",
                            "c/other-album-02-song-30-59.mp3|valid|mood---slow|other",
                            "f/fourth-album-02-song-30-59.mp3|test|genre---rock,mood---slow|fourth"));
    EXPECT_EQ(imported.left_out.back().reason, "has none of the tags");
}

TEST_F(MtatImport, reads_lists_of_paths_and_tags) {
    const auto train =
        write("lee_train.tsv", "path\ttags\n0/a-b-01-c-0-29.mp3\trock,no vocals\n1/d-b-01-c-0-29.mp3\t\n");
    const auto test = write("lee_test.tsv", "path\ttags\nd/e-b-01-c-0-29.mp3\trock\n");
    const Imported imported = import_mtat({test, train}, MtatConvention::full);
    EXPECT_THAT(texts_of(imported),
                ElementsAre("0/a-b-01-c-0-29.mp3|train|genre---rock,voice---no vocals|a",
                            "1/d-b-01-c-0-29.mp3|train||d", "d/e-b-01-c-0-29.mp3|test|genre---rock|e"));
    EXPECT_THAT(imported.tags, ElementsAre("genre---rock", "voice---no vocals"));
}

TEST_F(MtatImport, names_a_line_that_is_of_another_data_set) {
    const auto ids = write("test.tsv", "msd_id\ttags\nTRAADIN128F931D672\tdance\n");
    EXPECT_EQ(error([&] { import_mtat({ids}, MtatConvention::full); }),
              "invalid_dataset FOLDER/test.tsv:1: expected a path such as f/NAME.mp3 (folders 0-9, a-f), found "
              "'msd_id'");
}

TEST_F(MtatImport, takes_clips_from_lists_and_tags_from_annotations_when_both_are_named) {
    const auto list = write("valid.txt", "d/third-album-02-song-30-59.mp3\nf/fourth-album-02-song-30-59.mp3\n");
    const Imported imported = import_mtat({annotations(rows), list}, MtatConvention::full);
    EXPECT_THAT(texts_of(imported),
                ElementsAre("d/third-album-02-song-30-59.mp3|valid||third",
                            "f/fourth-album-02-song-30-59.mp3|valid|genre---rock,mood---slow|fourth"));
}

TEST_F(MtatImport, leaves_out_a_broken_clip_that_a_list_names) {
    const auto list = write("valid.txt", "6/broken-album-02-song-30-59.mp3\nd/third-album-02-song-30-59.mp3\n");
    const Imported imported = import_mtat({annotations(rows), list}, MtatConvention::full);
    EXPECT_THAT(texts_of(imported), ElementsAre("d/third-album-02-song-30-59.mp3|valid||third"));
    EXPECT_EQ(imported.left_out.front().path, "6/broken-album-02-song-30-59.mp3");
}

TEST_F(MtatImport, finds_annotations_and_lists_in_one_folder) {
    write("set/annotations_final.csv", std::string(header) + rows);
    EXPECT_EQ(import_mtat({path("set")}, MtatConvention::full).clips.size(), 4U);
    write("set/test.txt", "d/third-album-02-song-30-59.mp3\n");
    EXPECT_THAT(texts_of(import_mtat({path("set")}, MtatConvention::full)),
                ElementsAre("d/third-album-02-song-30-59.mp3|test||third"));
}

TEST_F(MtatImport, names_annotations_without_clips_paths_or_with_a_tag_twice) {
    EXPECT_EQ(error_in(""), "invalid_dataset FOLDER/annotations_final.csv: has no clips; expected one line per clip");
    const auto no_paths = write("annotations_final.csv", "\"clip_id\"\t\"rock\"\n\"2\"\t\"1\"\n");
    EXPECT_EQ(error([&] { import_mtat({no_paths}, MtatConvention::full); }),
              "invalid_dataset FOLDER/annotations_final.csv:1: no column 'mp3_path' in the header");
    const auto twice = write("annotations_final.csv", "clip_id\trock\trock\tmp3_path\n2\t1\t1\tb/a.mp3\n");
    EXPECT_EQ(error([&] { import_mtat({twice}, MtatConvention::full); }),
              "invalid_dataset FOLDER/annotations_final.csv:1: the tag 'rock' occurs twice");
}

TEST_F(MtatImport, names_the_line_of_what_is_wrong) {
    EXPECT_EQ(error_in("\"2\"\t\"0\"\t\"1\"\t\"1\"\t\"b/x.mp3\"\n"),
              "invalid_dataset FOLDER/annotations_final.csv:2: expected 6 fields, as in the header, found 5");
    EXPECT_EQ(error_in("\"2\"\t\"0\"\t\"yes\"\t\"1\"\t\"0\"\t\"b/x.mp3\"\n"),
              "invalid_dataset FOLDER/annotations_final.csv:2: expected 0 or 1 for 'rock', found 'yes'");
    EXPECT_EQ(error_in("\"2\"\t\"0\"\t\"1\"\t\"1\"\t\"0\"\t\"x.mp3\"\n"),
              "invalid_dataset FOLDER/annotations_final.csv:2: expected a path such as f/NAME.mp3 (folders 0-9, a-f), "
              "found 'x.mp3'");
    EXPECT_EQ(error_in(std::string(rows) + "\"3\"\t\"0\"\t\"0\"\t\"0\"\t\"0\"\t\"d/third-album-02-song-30-59.mp3\"\n"),
              "invalid_dataset FOLDER/annotations_final.csv:7: d/third-album-02-song-30-59.mp3 is already on line 4");
    const auto list = write("test.txt", "d/none.mp3\n");
    EXPECT_EQ(error([&] {
                  import_mtat({annotations(rows), list}, MtatConvention::full);
              }),
              "invalid_dataset FOLDER/test.txt:1: d/none.mp3 is not in the annotations");
}

}  // namespace
}  // namespace earmark::test
