#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

constexpr const char* header = "TRACK_ID\tARTIST_ID\tALBUM_ID\tPATH\tDURATION\tTAGS\r\n";

class JamendoImport : public ImportTest {
protected:
    std::filesystem::path write_list(const std::string& name, const std::string& lines) const {
        return write(name, header + lines);
    }
};

TEST_F(JamendoImport, reads_tags_from_the_sixth_column_on) {
    const auto list = write_list("autotagging_top50tags-train.tsv",
                                 "track_0000215\tartist_000014\talbum_000031\t15/215.mp3\t151.4\tgenre---metal\r\n"
                                 "track_0000775\tartist_000104\talbum_000126\t75/775.mp3\t201.8\tgenre---lounge\t"
                                 "mood/theme---calm\tinstrument---voice\r\n");
    const Imported imported = import_jamendo({list}, {});
    EXPECT_THAT(texts_of(imported),
                ElementsAre("15/215.mp3|train|genre---metal|artist_000014",
                            "75/775.mp3|train|genre---lounge,mood---calm,instrument---voice|artist_000104"));
    EXPECT_DOUBLE_EQ(imported.clips[1].duration_s, 201.8);
}

TEST_F(JamendoImport, leaves_out_tracks_that_are_known_to_be_short) {
    const auto list = write_list("test.tsv",
                                 "track_1\ta\tb\t01/1.mp3\t29.9\tgenre---rock\r\n"
                                 "track_2\ta\tb\t02/2.mp3\t30.0\tgenre---rock\r\n");
    Imported imported = import_jamendo({list}, {});
    drop_shorter(imported, 30.0);
    EXPECT_THAT(texts_of(imported), ElementsAre("02/2.mp3|test|genre---rock|a"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("01/1.mp3|test|is shorter than --min-seconds"));
}

TEST_F(JamendoImport, finds_a_subset_and_a_split_in_the_repository) {
    const std::string line = "track_1\ta\tb\t01/1.mp3\t40\tgenre---rock\r\n";
    for (const std::string split : {"train", "validation", "test"}) {
        write_list("data/splits/split-0/autotagging-" + split + ".tsv", split + line);
        write_list("data/splits/split-3/autotagging_genre-" + split + ".tsv", split + line);
    }
    for (const auto& folder : {folder_.path(), path("data")}) {
        EXPECT_EQ(import_jamendo({folder}, {"genre", 3}).clips.size(), 3U);
        EXPECT_EQ(import_jamendo({folder}, {"all", 0}).clips.size(), 3U);
    }
    EXPECT_EQ(error([&] {
                  import_jamendo({path("data")}, {"genre", 4});
              }),
              "not_found FOLDER/data/splits/split-4/autotagging_genre-train.tsv: no such file");
}

TEST_F(JamendoImport, names_the_line_of_what_is_wrong) {
    const auto fields = write_list("train.tsv", "track_1\ta\tb\t01/1.mp3\r\n");
    EXPECT_EQ(error([&] { import_jamendo({fields}, {}); }),
              "invalid_dataset FOLDER/train.tsv:2: expected TRACK_ID, ARTIST_ID, ALBUM_ID, PATH, DURATION and tags "
              "between TABs");
    const auto duration = write_list("test.tsv", "track_1\ta\tb\t01/1.mp3\tlong\tgenre---rock\r\n");
    EXPECT_EQ(error([&] { import_jamendo({duration}, {}); }),
              "invalid_dataset FOLDER/test.tsv:2: expected a duration in seconds, found 'long'");
}

}  // namespace
}  // namespace earmark::test
