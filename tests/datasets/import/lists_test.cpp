#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

class MsdImport : public ImportTest {};

TEST_F(MsdImport, reads_ids_and_tags_with_their_spaces_and_capitals) {
    const auto list = write("lee2017_valid.tsv", "msd_id\ttags\nTRA\tpop,Hip-Hop\nTRB\tfemale vocalists,80s\n");
    const Imported imported = import_msd({list}, {});
    EXPECT_THAT(texts_of(imported),
                ElementsAre("TRA|valid|genre---pop,genre---Hip-Hop|", "TRB|valid|voice---female vocalists,era---80s|"));
}

TEST_F(MsdImport, takes_tags_from_a_table_for_lists_of_ids) {
    const auto train = write("train_ids.txt", "TRB\nTRC\n");
    const auto labels = write("lastfm.tsv", "TRA\tpop\nTRB\tsad\n");
    EXPECT_THAT(texts_of(import_msd({train}, labels)), ElementsAre("TRB|train|mood---sad|", "TRC|train||"));
}

TEST_F(MsdImport, names_the_line_without_tags) {
    const auto train = write("train.txt", "TRB\tpop\nTRC\n");
    EXPECT_EQ(
        error([&] { import_msd({train}, {}); }),
        "invalid_dataset FOLDER/train.txt:2: expected msd_id<TAB>tag,tag (or a list of ids, and --labels with the "
        "tags)");
}

TEST_F(MsdImport, refuses_a_track_in_two_lists) {
    const auto train = write("train.tsv", "TRA\tpop\n");
    const auto test = write("test.tsv", "TRB\tpop\nTRA\tpop\n");
    EXPECT_EQ(error([&] {
                  import_msd({train, test}, {});
              }),
              "invalid_dataset FOLDER/test.tsv:2: TRA is already in " + path("train.tsv").string() + ":1");
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
    EXPECT_EQ(
        error([&] {
            import_gtzan({one, other});
        }),
        "invalid_dataset FOLDER/b_test.txt: another list for test: " + one.string() + "; name the files of one split");
}

TEST_F(Lists, that_are_missing_are_named) {
    EXPECT_EQ(error([&] { import_gtzan({path("train.txt")}); }), "not_found FOLDER/train.txt: no such file");
    std::filesystem::create_directory(path("empty"));
    EXPECT_EQ(
        error([&] { import_gtzan({path("empty")}); }),
        "not_found FOLDER/empty: no lists in this folder, expected .txt or .tsv files named after train, valid or "
        "test");
}

class GtzanImport : public ImportTest {};

TEST_F(GtzanImport, tells_of_the_damaged_file) {
    const auto list = write("train.txt", "jazz/jazz.00053.wav\njazz/jazz.00054.wav\n");
    EXPECT_THAT(import_gtzan({list}).notes,
                ElementsAre("jazz.00054.wav is damaged in a widespread copy of the data set"));
}

TEST_F(GtzanImport, names_a_line_that_is_no_track) {
    const auto list = write("train.txt", "blues/blues.00029.wav\nblues\n");
    EXPECT_EQ(error([&] { import_gtzan({list}); }),
              "invalid_dataset FOLDER/train.txt:2: expected genre/genre.NNNNN.wav, found 'blues'");
}

class TagtraumImport : public ImportTest {
protected:
    std::filesystem::path genres() const {
        return write("cd2c.cls", "# Tagtraum\n#\nTRA\tRock\nTRB\tNew Age\tFolk\nTRC\tRap\n");
    }
};

TEST_F(TagtraumImport, has_one_genre_for_each_track_of_the_lists) {
    const auto test = write("test_ids.txt", "TRB\nTRX\n");
    const auto train = write("train_ids.txt", "TRC\n");
    const Imported imported = import_tagtraum(genres(), {test, train});
    EXPECT_THAT(texts_of(imported), ElementsAre("TRC|train|genre---Rap|", "TRB|test|genre---New Age|"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("TRX|test|has no genre in cd2c.cls"));
}

TEST_F(TagtraumImport, has_all_tracks_without_a_split_when_there_are_no_lists) {
    EXPECT_THAT(texts_of(import_tagtraum(genres(), {})),
                ElementsAre("TRA||genre---Rock|", "TRB||genre---New Age|", "TRC||genre---Rap|"));
}

TEST_F(TagtraumImport, names_a_line_without_genre) {
    const auto wrong = write("wrong.cls", "# x\nTRA\n");
    EXPECT_EQ(error([&] { import_tagtraum(wrong, {}); }),
              "invalid_dataset FOLDER/wrong.cls:2: expected TRACKID<TAB>Genre, found 'TRA'");
    const auto twice = write("twice.cls", "TRA\tRock\nTRA\tPop\n");
    EXPECT_EQ(error([&] { import_tagtraum(twice, {}); }), "invalid_dataset FOLDER/twice.cls: TRA is there twice");
}

}  // namespace
}  // namespace earmark::test
