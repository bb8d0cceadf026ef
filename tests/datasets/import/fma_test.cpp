#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

constexpr const char* header =
    ",album,artist,artist,set,set,track,track,track,track\n"
    ",comments,id,name,split,subset,duration,genre_top,genres,genres_all\n"
    "track_id,,,,,,,,,\n";

constexpr const char* rows =
    "2,0,1,AWOL,training,small,168,Hip-Hop,[21],[21]\n"
    "20,\"<p>two lines,\n\"\"quoted\"\"</p>\",4,\"Nicky, Cook\",validation,large,311,,\"[76, 103]\",\"[17, 10, 76]\"\n"
    "137,0,54,Airway,test,medium,12,Experimental,\"[1]\",\"[38]\"\n"
    "155555,0,9,\"Last\",training,full,400,Rock,[12],[12]\n";

class FmaImport : public ImportTest {
protected:
    FmaImport() {
        write("fma_metadata/genres.csv",
              "genre_id,#tracks,parent,title,top_level\n10,1,0,Pop,10\n12,9,0,Rock,12\n17,3,0,Folk,17\n"
              "21,2,0,Hip-Hop,21\n38,4,0,Experimental,38\n76,5,10,Experimental Pop,10\n");
        write_tracks(rows);
    }

    void write_tracks(const std::string& text) const { write("fma_metadata/tracks.csv", header + text); }
    Imported import(const std::string& subset, FmaGenres genres = FmaGenres::top) const {
        return import_fma(path("fma_metadata"), subset, genres);
    }
    std::string error_in(const std::string& text, FmaGenres genres = FmaGenres::top) const {
        write_tracks(text);
        return error([&] { import("full", genres); });
    }
};

TEST_F(FmaImport, reads_three_header_rows_and_quoted_fields_of_several_lines) {
    EXPECT_THAT(
        texts_of(import("full", FmaGenres::all)),
        ElementsAre("000/000002.mp3|train|genre---Hip-Hop|AWOL",
                    "000/000020.mp3|valid|genre---Folk,genre---Pop,genre---Experimental Pop|Nicky, Cook",
                    "000/000137.mp3|test|genre---Experimental|Airway", "155/155555.mp3|train|genre---Rock|Last"));
}

TEST_F(FmaImport, leaves_out_tracks_without_a_top_genre) {
    const Imported imported = import("large");
    EXPECT_THAT(texts_of(imported), ElementsAre("000/000002.mp3|train|genre---Hip-Hop|AWOL",
                                                "000/000137.mp3|test|genre---Experimental|Airway"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("000/000020.mp3|valid|has no genre"));
}

TEST_F(FmaImport, has_genres_without_commas_and_each_once) {
    write("fma_metadata/genres.csv", "genre_id,title\n1,\"Rock, Hard\"\n2,Rock Hard\n");
    write_tracks("2,0,1,A,training,small,168,\"Old-Time, Historic\",[1],\"[1, 2]\"\n");
    EXPECT_THAT(import("full", FmaGenres::all).tags, ElementsAre("genre---Rock Hard"));
    EXPECT_THAT(import("full").tags, ElementsAre("genre---Old-Time Historic"));
}

TEST_F(FmaImport, each_subset_contains_those_before_it) {
    EXPECT_EQ(import("small", FmaGenres::all).clips.size(), 1U);
    EXPECT_EQ(import("medium", FmaGenres::all).clips.size(), 2U);
    EXPECT_EQ(import("large", FmaGenres::all).clips.size(), 3U);
    EXPECT_EQ(import("full", FmaGenres::all).clips.size(), 4U);
}

TEST_F(FmaImport, knows_that_clips_end_after_thirty_seconds) {
    const auto durations_of = [](const Imported& imported) {
        std::vector<double> durations_s;
        for (const ListedClip& listed : imported.clips) durations_s.push_back(listed.duration_s);
        return durations_s;
    };
    EXPECT_THAT(durations_of(import("medium")), ElementsAre(30.0, 12.0));
    EXPECT_THAT(durations_of(import("full")), ElementsAre(168.0, 12.0, 400.0));
}

TEST_F(FmaImport, names_the_line_of_what_is_wrong) {
    EXPECT_EQ(error_in("2,0\n"), "invalid_dataset FOLDER/fma_metadata/tracks.csv:4: expected 10 fields, found 2");
    EXPECT_EQ(error_in("x,0,1,A,training,small,1,Rock,[],[]\n"),
              "invalid_dataset FOLDER/fma_metadata/tracks.csv:4: expected a number as track_id, found 'x'");
    EXPECT_EQ(
        error_in("2,\"\n\",1,A,training,small,1,Rock,[],[]\n3,0,1,A,training,tiny,1,Rock,[],[]\n"),
        "invalid_dataset FOLDER/fma_metadata/tracks.csv:6: expected small, medium, large or full as subset, found "
        "'tiny'");
    EXPECT_EQ(error_in("2,0,1,A,training,small,1,Rock,[],nan\n", FmaGenres::all),
              "invalid_dataset FOLDER/fma_metadata/tracks.csv:4: expected a list such as [21, 76] as genres_all, found "
              "'nan'");
    EXPECT_EQ(error_in("2,0,1,A,training,small,1,Rock,[],\"[12, 99]\"\n", FmaGenres::all),
              "invalid_dataset FOLDER/fma_metadata/tracks.csv:4: genre '99' is not in genres.csv");
}

TEST_F(FmaImport, refuses_a_table_with_another_header) {
    write("fma_metadata/tracks.csv", "track_id,title\n2,x\n3,y\n");
    EXPECT_EQ(error([&] { import("full"); }),
              "invalid_dataset FOLDER/fma_metadata/tracks.csv:3: expected the three header lines of FMA's tracks.csv, "
              "the third with track_id");
}

}  // namespace
}  // namespace earmark::test
