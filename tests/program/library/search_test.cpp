// `earmark library search`: what it finds and how it prints that.
#include <nlohmann/json.hpp>

#include "tests/program/library/fixture.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using LibrarySearchTest = LibraryProgramTest;

TEST_F(LibrarySearchTest, prints_the_best_first) {
    const Outcome outcome = library("search", {"genre:jazz and calm and not vocal"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out,
              " 0.65  " + track("a/so what") + "\n 0.58  " + track("a/blue") + "\n 0.29  " + track("b/ballad") + "\n");
}

TEST_F(LibrarySearchTest, takes_the_search_in_several_words_too) {
    EXPECT_THAT(names_in(library("search", {"artist:ella", "or", "year:1961"}).out), ElementsAre("b/song", "b/ballad"));
    EXPECT_THAT(names_in(library("search", {"--top", "1", "jazz", "calm"}).out), ElementsAre("a/so what"));
}

TEST_F(LibrarySearchTest, shows_fifty_or_as_many_as_are_asked_for) {
    for (int i = 0; i < 60; ++i) add("more/" + std::to_string(i), {0, 1, 0}, {{"Calm", 0.6}}, "", "", 0, 0);
    EXPECT_EQ(lines_of(library("search", {"calm"}).out).size(), 50U);
    EXPECT_EQ(lines_of(library("search", {"calm", "--top", "0"}).out).size(), 64U);
}

TEST_F(LibrarySearchTest, reports_what_another_model_analyzed_when_nothing_is_found) {
    library_.database().execute("UPDATE track SET state = 'stale'");
    EXPECT_EQ(library("search", {"calm"}).err,
              "earmark: no track fits; 6 tracks analyzed by another model cannot be searched: 'earmark library scan "
              "--stale' analyzes them again\n");
}

TEST_F(LibrarySearchTest, reports_what_another_model_analyzed_when_some_are_found) {
    library_.database().execute("UPDATE track SET state = 'stale' WHERE id = 6");
    const Outcome outcome = library("search", {"jazz", "--top", "1"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(names_in(outcome.out), ElementsAre("a/so what"));
    EXPECT_EQ(
        outcome.err,
        "earmark: 1 track analyzed by another model cannot be searched: 'earmark library scan --stale' analyzes it "
        "again\n");
}

TEST_F(LibrarySearchTest, has_few_by_one_artist_and_each_recording_once) {
    EXPECT_THAT(names_in(library("search", {"jazz", "--per-artist", "1"}).out),
                ElementsAre("a/so what", "b/song", "b/ballad"));
    library_.add({track("copy"), {}, {}, "", ""}, 1);
    EXPECT_THAT(names_in(library("search", {"jazz", "--top", "2"}).out), ElementsAre("a/so what", "copy"));
    EXPECT_THAT(names_in(library("search", {"jazz", "--top", "2", "--once"}).out), ElementsAre("a/so what", "a/blue"));
}

TEST_F(LibrarySearchTest, with_diversity_passes_over_what_sounds_alike) {
    EXPECT_THAT(names_in(library("search", {"jazz", "--top", "2", "--diversity", "0.5"}).out),
                ElementsAre("a/so what", "b/ballad"));
}

TEST_F(LibrarySearchTest, prints_json) {
    const auto json = nlohmann::json::parse(library("search", {"jazz", "--format", "json", "--top", "1"}).out);
    EXPECT_EQ(json, nlohmann::json::parse(R"([{"path": ")" + track("a/so what") + R"(", "score": 0.9, "track_id": 1,
        "title": "So What", "artist": "Miles Davis", "album": "Album of Miles Davis", "year": 1959,
        "duration_s": 545.0}])"));
    EXPECT_EQ(nlohmann::json::parse(library("search", {"jazz<0.001 -calm", "--format", "json"}).out)[0]["year"],
              nullptr);
}

TEST_F(LibrarySearchTest, prints_csv) {
    EXPECT_EQ(library("search", {"path:noise", "--format", "csv"}).out,
              "score,path,title,artist,album,year,duration_s,track_id\n1.000000," + track("c/noise") +
                  ",\"Noise, \"\"loud\"\"\",,Album of ,,100.000,5\n");
}

TEST_F(LibrarySearchTest, writes_a_playlist_that_names_files_relative_to_it) {
    std::filesystem::create_directory(path("lists"));
    const Outcome outcome = library("search", {"jazz", "--top", "2", "--out", path("lists/jazz.m3u8"), "--relative"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(read_text(path("lists/jazz.m3u8")),
              "#EXTM3U\n#PLAYLIST:jazz\n#EXTINF:545,Miles Davis - So What\n../music/a/so what.mp3\n"
              "#EXTINF:340,Miles Davis - Blue\n../music/a/blue.mp3\n");
}

TEST_F(LibrarySearchTest, writes_jspf) {
    EXPECT_EQ(library("search", {"path:drone or path:noise", "--out", path("list.jspf")}).exit_status, 0);
    const auto json = nlohmann::json::parse(read_text(path("list.jspf")));
    EXPECT_EQ(json["playlist"]["title"], "path:drone or path:noise");
    ASSERT_EQ(json["playlist"]["track"].size(), 2U);
    EXPECT_EQ(json["playlist"]["track"][0]["location"][0], "file://" + track("c/noise"));
    EXPECT_EQ(json["playlist"]["track"][0]["duration"], 100'000);
    EXPECT_FALSE(json["playlist"]["track"][1].contains("duration"));
}

TEST_F(LibrarySearchTest, reports_a_search_that_cannot_be_read_in_one_line) {
    const Outcome outcome = library("search", {"genre:jaz"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "earmark: search 'genre:jaz': at character 7, 'jaz': the model has no genre of this name; did you mean "
              "'Jazz'?\n");
}

TEST_F(LibrarySearchTest, with_nothing_found_suggests_tags) {
    const Outcome outcome = library("search", {"calmm"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "earmark: no track fits; no tag is called 'calmm', so it was searched for in titles, artists and albums; "
              "did you mean 'Calm'?\n");
}

TEST_F(LibrarySearchTest, with_nothing_found_finds_titles_that_are_called_as_a_tag_is) {
    add("d/vocal", {0, 1, 0}, {}, "A Vocal Song", "", 0, 0);
    const Outcome outcome = library("search", {"vocal and jazz and calm"});
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "earmark: no track fits; 'Vocal' is a tag: text:\"Vocal\" finds 1 track with this in title, artist or "
              "album\n");
    EXPECT_THAT(names_in(library("search", {"text:\"Vocal\""}).out), ElementsAre("d/vocal"));
    EXPECT_EQ(library("search", {"jazz and not vocal and year:1800"}).err, "earmark: no track fits\n");
}

TEST_F(LibrarySearchTest, leaves_out_what_is_no_music_unless_a_status_is_named) {
    for (const char* status : {"not_music", "silent", "too_short"}) {
        add(std::string("d/") + status, {0, 1, 0}, {}, "Dog", "", 0, 3);
        library_.set_status(library_.database().integer("SELECT max(id) FROM track"), status);
    }
    EXPECT_THAT(names_in(library("search", {"not vocal", "--top", "2"}).out), ElementsAre("c/drone", "a/so what"));
    EXPECT_THAT(names_in(library("search", {"not vocal status:not-music"}).out), ElementsAre("d/not_music"));
    EXPECT_THAT(names_in(library("search", {"path:/d/ -status:silent"}).out),
                ElementsAre("d/not_music", "d/too_short"));
    const Outcome outcome = library("search", {"title:dog"});
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err,
              "earmark: no track fits; left out: 3 tracks whose status is not_music, silent or too_short, which only a "
              "search with 'status:' finds\n");
}

TEST_F(LibrarySearchTest, needs_a_library_and_somewhere_to_write) {
    EXPECT_EQ(run_earmark({"library", "search", "--db", path("none.db"), "jazz"}).exit_status, 2);
    EXPECT_THAT(library("search", {"jazz", "--out", path("none/list.m3u8")}).err, HasSubstr("cannot be written"));
    EXPECT_THAT(library("search", {"jazz", "--relative"}).err, HasSubstr("--relative: is for playlists"));
    EXPECT_FALSE(std::filesystem::exists(path("none.db")));
}

TEST_F(LibrarySearchTest, writes_no_file_whose_ending_is_that_of_no_format) {
    for (const char* name : {"list.xspf", "list"}) {
        const Outcome outcome = library("search", {"jazz", "--out", path(name)});
        EXPECT_EQ(outcome.exit_status, 2);
        EXPECT_EQ(outcome.err, "earmark: --out: " + path(name) +
                                   ": expected --format, or a name that ends with .txt, .json, .csv, .m3u8, .m3u or "
                                   ".jspf\n");
        EXPECT_FALSE(std::filesystem::exists(path(name)));
    }
    EXPECT_EQ(library("search", {"jazz", "--format", "text", "--out", path("list.xspf")}).exit_status, 0);
}

TEST_F(LibrarySearchTest, may_be_made_of_names_that_are_not_utf8) {
    add("d/caf\xE9", {0, 1, 0}, {{"Jazz", 0.99}}, "", "", 0, 0);
    const auto json = nlohmann::json::parse(library("search", {"jazz", "--top", "1", "--format", "json"}).out);
    EXPECT_THAT(json[0]["path"], HasSubstr("caf\xEF\xBF\xBD"));
    EXPECT_THAT(json[0]["path_bytes"], HasSubstr("636166e9"));
    EXPECT_THAT(library("search", {"jazz", "--top", "1", "--format", "m3u8"}).out, HasSubstr("/d/caf\xE9.mp3\n"));
    EXPECT_THAT(library("search", {"jazz", "--top", "1", "--format", "jspf"}).out, HasSubstr("/d/caf%E9.mp3"));
}

}  // namespace
}  // namespace earmark
