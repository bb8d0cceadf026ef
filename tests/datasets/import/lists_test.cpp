#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

class MsdImport : public ImportTest {};

TEST_F(MsdImport, reads_ids_and_tags_with_their_spaces_and_capitals) {
    const auto list =
        write("lee2017_valid.tsv",
              "msd_id\ttags\nTRAAAAA128F4000001\tpop,Hip-Hop\nTRAAAAB128F4000001\tfemale vocalists,80s\n");
    const Imported imported = import_msd({list}, {});
    EXPECT_THAT(texts_of(imported), ElementsAre("TRAAAAA128F4000001|valid|genre---pop,genre---Hip-Hop|",
                                                "TRAAAAB128F4000001|valid|voice---female vocalists,era---80s|"));
}

TEST_F(MsdImport, takes_tags_from_a_table_for_lists_of_ids) {
    const auto train = write("train_ids.txt", "TRAAAAB128F4000001\nTRAAAAC128F4000001\n");
    const auto labels = write("lastfm.tsv", "TRAAAAA128F4000001\tpop\nTRAAAAB128F4000001\tsad\n");
    const Imported imported = import_msd({train}, labels);
    EXPECT_THAT(texts_of(imported), ElementsAre("TRAAAAB128F4000001|train|mood---sad|"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("TRAAAAC128F4000001|train|has no tags in lastfm.tsv"));
    EXPECT_TRUE(imported.left_out.at(0).is_fault);
}

TEST_F(MsdImport, names_a_line_that_is_of_another_data_set) {
    const auto clips = write("test.tsv", "path\ttags\nd/a-b-01-c-0-29.mp3\ttechno\n");
    EXPECT_EQ(error([&] { import_msd({clips}, {}); }),
              "invalid_dataset FOLDER/test.tsv:1: expected the id of a track of the Million Song Dataset such as "
              "TRAAAAW128F429D538, found 'path'");
    const auto ids = write("train.tsv", "TRAAAAB128F4000001\tpop\nTRAAAAB128F400000G\tpop\n");
    EXPECT_THAT(error([&] { import_msd({ids}, {}); }), testing::HasSubstr("train.tsv:2: expected the id of a track"));
}

TEST_F(MsdImport, names_the_line_without_tags) {
    const auto train = write("train.txt", "TRAAAAB128F4000001\tpop\nTRAAAAC128F4000001\n");
    EXPECT_EQ(
        error([&] { import_msd({train}, {}); }),
        "invalid_dataset FOLDER/train.txt:2: expected msd_id<TAB>tag,tag (or a list of ids, and --labels with the "
        "tags)");
}

TEST_F(MsdImport, refuses_a_track_in_two_lists) {
    const auto train = write("train.tsv", "TRAAAAA128F4000001\tpop\n");
    const auto test = write("test.tsv", "TRAAAAB128F4000001\tpop\nTRAAAAA128F4000001\tpop\n");
    EXPECT_EQ(
        error([&] {
            import_msd({train, test}, {});
        }),
        "invalid_dataset FOLDER/test.tsv:2: TRAAAAA128F4000001 is already in " + path("train.tsv").string() + ":1");
}

class Lists : public ImportTest {};

TEST_F(Lists, are_taken_from_a_folder_by_their_names) {
    write("gtzan/train_filtered.txt", "blues/blues.00029.wav\n");
    write("gtzan/validation_filtered.txt", "jazz/jazz.00001.wav\n");
    write("gtzan/README.txt", "not a list\n");
    EXPECT_THAT(texts_of(import_gtzan({path("gtzan")})),
                ElementsAre("blues/blues.00029.wav|train|genre---blues|", "jazz/jazz.00001.wav|valid|genre---jazz|"));
}

TEST_F(Lists, must_be_named_after_one_split) {
    for (const char* name : {"all.txt", "train_and_test.txt", "contest.txt"}) {
        const auto list = write(name, "blues/blues.00029.wav\n");
        EXPECT_EQ(error([&] { import_gtzan({list}); }),
                  std::string("invalid_dataset FOLDER/") + name +
                      ": expected one of the words train, valid, validation, val, test in the name of a list");
    }
}

TEST_F(Lists, must_be_one_for_each_split) {
    const auto one = write("a_test.txt", "blues/blues.00029.wav\n");
    const auto other = write("b_test.txt", "blues/blues.00030.wav\n");
    EXPECT_EQ(error([&] {
                  import_gtzan({one, other});
              }),
              "invalid_dataset FOLDER/b_test.txt: a second list for test, besides " + one.string() +
                  "; expected one list per split");
}

TEST_F(Lists, have_a_path_once_however_it_is_written) {
    const auto list = write("train.txt", "blues/blues.00029.wav\n./blues//blues.00029.wav\n");
    EXPECT_EQ(error([&] { import_gtzan({list}); }),
              "invalid_dataset FOLDER/train.txt:2: ./blues//blues.00029.wav is already in " + list.string() + ":1");
}

TEST_F(Lists, without_clips_are_named) {
    const auto empty = write("train.txt", "\n");
    EXPECT_EQ(error([&] { import_gtzan({empty}); }),
              "invalid_dataset FOLDER/train.txt: has no clips; expected one line per clip");
    const auto only_header = write("test.tsv", "msd_id\ttags\n");
    EXPECT_EQ(error([&] { import_msd({only_header}, {}); }),
              "invalid_dataset FOLDER/test.tsv: has no clips; expected one line per clip");
}

TEST_F(Lists, that_are_missing_are_named) {
    EXPECT_EQ(error([&] { import_gtzan({path("train.txt")}); }), "not_found FOLDER/train.txt: no such file");
    std::filesystem::create_directory(path("empty"));
    EXPECT_EQ(
        error([&] { import_gtzan({path("empty")}); }),
        "not_found FOLDER/empty: no lists in this folder; expected .txt or .tsv files named after train, valid or "
        "test");
}

class GtzanImport : public ImportTest {};

TEST_F(GtzanImport, reports_the_damaged_file) {
    const auto list = write("train.txt", "jazz/jazz.00053.wav\njazz/jazz.00054.wav\n");
    EXPECT_THAT(import_gtzan({list}).notes,
                ElementsAre("jazz.00054.wav is damaged in a widespread copy of the data set"));
}

TEST_F(GtzanImport, names_a_line_that_is_no_track) {
    const auto list = write("train.txt", "blues/blues.00029.wav\nblues\n");
    EXPECT_EQ(error([&] { import_gtzan({list}); }),
              "invalid_dataset FOLDER/train.txt:2: expected genre/genre.NNNNN.wav, found 'blues'");
    const auto of_mtat = write("test.txt", "d/a_band-album-01-song-0-29.mp3\n");
    EXPECT_THAT(error([&] { import_gtzan({of_mtat}); }),
                testing::HasSubstr("test.txt:1: expected genre/genre.NNNNN.wav"));
}

class TagtraumImport : public ImportTest {
protected:
    std::filesystem::path genres() const {
        return write(
            "cd2c.cls",
            "# Tagtraum\n#\nTRAAAAA128F4000001\tRock\nTRAAAAB128F4000001\tNew Age\tFolk\nTRAAAAC128F4000001\tRap\n");
    }
};

TEST_F(TagtraumImport, has_one_genre_for_each_track_of_the_lists) {
    const auto test = write("test_ids.txt", "TRAAAAB128F4000001\nTRAAAAX128F4000001\n");
    const auto train = write("train_ids.txt", "TRAAAAC128F4000001\n");
    const Imported imported = import_tagtraum(genres(), {test, train});
    EXPECT_THAT(texts_of(imported),
                ElementsAre("TRAAAAC128F4000001|train|genre---Rap|", "TRAAAAB128F4000001|test|genre---New Age|"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("TRAAAAX128F4000001|test|has no genre in cd2c.cls"));
}

TEST_F(TagtraumImport, has_all_tracks_without_a_split_when_there_are_no_lists) {
    EXPECT_THAT(texts_of(import_tagtraum(genres(), {})),
                ElementsAre("TRAAAAA128F4000001||genre---Rock|", "TRAAAAB128F4000001||genre---New Age|",
                            "TRAAAAC128F4000001||genre---Rap|"));
}

TEST_F(TagtraumImport, names_a_line_without_genre) {
    const auto wrong = write("wrong.cls", "# x\nTRAAAAA128F4000001\n");
    EXPECT_EQ(error([&] { import_tagtraum(wrong, {}); }),
              "invalid_dataset FOLDER/wrong.cls:2: expected TRACKID<TAB>Genre, found 'TRAAAAA128F4000001'");
    const auto twice = write("twice.cls", "TRAAAAA128F4000001\tRock\nTRAAAAA128F4000001\tPop\n");
    EXPECT_EQ(error([&] { import_tagtraum(twice, {}); }),
              "invalid_dataset FOLDER/twice.cls: TRAAAAA128F4000001 occurs twice");
}

}  // namespace
}  // namespace earmark::test
