// `earmark library mix`: rules, and the playlists that they make.
#include "apps/library/mix_rules.h"

#include <algorithm>

#include "earmark/error.h"
#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

std::string error_of(const std::string& text) {
    try {
        parse_mix_rules(text, "/r/rules.toml");
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(MixRules, are_read) {
    const auto rules = parse_mix_rules(R"toml(
[[playlist]]
name = "study"
search = "instrumental and calm, not metal"
duration = "2 h"
per_artist = 2

[[playlist]]
name = "more"
like = ["a.mp3", "/b.m3u8", "17"]
tracks = 30
min_similarity = 0.4
diversity = 0.25
order = "smooth"
)toml",
                                       "/r/rules.toml");
    ASSERT_THAT(rules, SizeIs(2));
    EXPECT_EQ(rules[0].name, "study");
    EXPECT_EQ(rules[0].search, "instrumental and calm, not metal");
    EXPECT_EQ(rules[0].duration_s, 7200.0);
    EXPECT_EQ(rules[0].most_per_artist, 2U);
    EXPECT_THAT(rules[1].like, ElementsAre("/r/a.mp3", "/b.m3u8", "17"));
    EXPECT_EQ(rules[1].most, 30U);
    EXPECT_EQ(rules[1].least_similarity, 0.4);
    EXPECT_EQ(rules[1].diversity, 0.25);
    EXPECT_EQ(rules[1].order, MixOrder::smooth);
}

TEST(MixRules, with_a_mistake_are_refused_with_the_place) {
    const std::string start = "[[playlist]]\nname = \"a\"\n";
    EXPECT_THAT(error_of(""), HasSubstr("/r/rules.toml: playlist: missing; expected a list of at least one table"));
    EXPECT_THAT(error_of("[[playlists]]\nname = \"a\""),
                HasSubstr("/r/rules.toml:1: playlists: unknown key; known here: playlist; did you mean 'playlist'?"));
    EXPECT_THAT(error_of("["), HasSubstr("/r/rules.toml:1: not TOML"));
    EXPECT_THAT(error_of(start), HasSubstr("playlist[0].search: missing; expected a search, or seeds in 'like'"));
    EXPECT_THAT(error_of(start + "search = \"x\"\nduration = \"2 days\""),
                HasSubstr("/r/rules.toml:4: playlist[0].duration: expected a duration, such as"));
    EXPECT_THAT(error_of(start + "search = \"x\"\nper_artists = 2"),
                HasSubstr(":4: playlist[0].per_artists: unknown key; known here: diversity, duration, like, "
                          "min_similarity, name, order, per_artist, search, tracks; did you mean 'per_artist'?"));
    EXPECT_THAT(error_of(start + "search = \"x\"\ntracks = 0"),
                HasSubstr(":4: playlist[0].tracks: expected a whole number"));
    EXPECT_THAT(error_of(start + "search = \"x\"\nmin_similarity = 0.5"),
                HasSubstr("expected only together with 'like'"));
    EXPECT_THAT(error_of(start + "like = [1]"), HasSubstr(":3: playlist[0].like[0]: expected a text in quotes"));
    EXPECT_THAT(error_of(start + "search = \"x\"\norder = \"worst\""), HasSubstr("expected one of \"best\""));
    EXPECT_THAT(error_of(start + "search = \"x\"\n" + start + "search = \"y\"\n"),
                HasSubstr("/r/rules.toml:5: playlist[1].name: another playlist has this name"));
    for (const auto& [one, other] : {std::pair{"Study", "study"}, {"\u00c9t\u00e9", "\u00e9T\u00c9"}})
        EXPECT_THAT(error_of("[[playlist]]\nname = \"" + std::string(one) +
                             "\"\nsearch = \"x\"\n[[playlist]]\nname = \"" + other + "\"\nsearch = \"y\"\n"),
                    HasSubstr(":5: playlist[1].name: another playlist is called '" + std::string(one) +
                              "'; on disks that ignore upper and lower case both would be one file"));
    for (const char* name : {"", "a/b", ".hidden", "..", "a\\nb"})
        EXPECT_THAT(error_of("[[playlist]]\nname = \"" + std::string(name) + "\"\nsearch = \"x\""),
                    HasSubstr("expected the name of a file"))
            << name;
}

using LibraryMixTest = LibraryProgramTest;

TEST_F(LibraryMixTest, writes_playlists_and_leaves_those_that_are_as_they_were) {
    folder_.write("rules.toml",
                  "[[playlist]]\nname = \"calm jazz\"\nsearch = \"jazz and calm, not vocal\"\nper_artist = 1\n"
                  "[[playlist]]\nname = \"like ballad\"\nlike = [\"music/b/ballad.mp3\"]\ntracks = 2\n");
    const Outcome outcome = library("mix", {path("rules.toml"), "--relative"});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_EQ(outcome.out,
              path("calm jazz.m3u8") + ": 2 tracks, 14:05\n" + path("like ballad.m3u8") + ": 2 tracks, 14:45\n");
    EXPECT_EQ(read_text(path("calm jazz.m3u8")),
              "#EXTM3U\n#PLAYLIST:calm jazz\n#EXTINF:545,Miles Davis - So What\nmusic/a/so what.mp3\n"
              "#EXTINF:300,Bill - Ballad\nmusic/b/ballad.mp3\n");
    add("new", {0, 1, 0}, {{"Jazz", 0.99}, {"Calm", 0.99}}, "New", "Newcomer", 2020, 60);
    EXPECT_EQ(library("mix", {path("rules.toml"), "--relative"}).out,
              path("calm jazz.m3u8") + ": 3 tracks, 15:05\n" + path("like ballad.m3u8") + ": 2 tracks, 6:40\n");
    EXPECT_EQ(library("mix", {path("rules.toml"), "--relative"}).out,
              path("calm jazz.m3u8") + ": 3 tracks, 15:05, unchanged\n" + path("like ballad.m3u8") +
                  ": 2 tracks, 6:40, unchanged\n");
}

TEST_F(LibraryMixTest, fills_a_duration) {
    folder_.write("rules.toml", "[[playlist]]\nname = \"a\"\nsearch = \"jazz\"\nduration = \"15m\"\n");
    EXPECT_EQ(library("mix", {path("rules.toml")}).out, path("a.m3u8") + ": 3 tracks, 17:45\n");
}

TEST_F(LibraryMixTest, orders_tracks) {
    const auto order = [&](const std::string& name) {
        folder_.write("rules.toml", "[[playlist]]\nname = \"a\"\nsearch = \"jazz\"\norder = \"" + name + "\"\n");
        EXPECT_EQ(library("mix", {path("rules.toml"), "--format", "jspf"}).exit_status, 0);
        const std::string text = read_text(path("a.jspf"));
        std::vector<std::pair<std::size_t, std::string>> places;
        for (const char* track : {"so%20what", "blue", "song", "ballad"}) places.emplace_back(text.find(track), track);
        std::ranges::sort(places);
        std::vector<std::string> names;
        for (const auto& [place, track] : places) names.push_back(track);
        return names;
    };
    EXPECT_THAT(order("best"), ElementsAre("so%20what", "blue", "song", "ballad"));
    EXPECT_THAT(order("smooth"), ElementsAre("so%20what", "blue", "ballad", "song"));
    EXPECT_EQ(order("shuffle"), order("shuffle"));
}

TEST_F(LibraryMixTest, writes_nothing_when_one_of_the_rules_is_wrong) {
    folder_.write("rules.toml",
                  "[[playlist]]\nname = \"good\"\nsearch = \"jazz\"\n"
                  "[[playlist]]\nname = \"bad\"\nsearch = \"genre:jaz\"\n");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err,
                HasSubstr(path("rules.toml") + ":6: playlist 'bad': search 'genre:jaz': at character 7, 'jaz'"));
    EXPECT_FALSE(std::filesystem::exists(path("good.m3u8")));
    folder_.write("rules.toml", "[[playlist]]\nname = \"good\"\nlike = [\"none.mp3\"]\n");
    EXPECT_THAT(library("mix", {path("rules.toml")}).err,
                HasSubstr(path("rules.toml") + ":3: playlist 'good': " + path("none.mp3")));
    EXPECT_THAT(library("mix", {path("none.toml")}).err, HasSubstr("none.toml: no such file"));
    EXPECT_THAT(library("mix", {path("rules.toml"), "--out", path("nowhere")}).err, HasSubstr("no such folder"));
}

TEST_F(LibraryMixTest, writes_nothing_when_another_model_analyzed_most_tracks) {
    folder_.write("rules.toml", "[[playlist]]\nname = \"a\"\nsearch = \"jazz\"\n");
    EXPECT_EQ(library("mix", {path("rules.toml")}).exit_status, 0);
    const std::string before = read_text(path("a.m3u8"));
    library_.database().execute("UPDATE track SET state = 'stale' WHERE id > 2");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err,
              "earmark: 4 tracks analyzed by another model cannot be searched: 'earmark library scan --stale' analyzes "
              "them again; no playlist was written, since these are more than half of all analyzed tracks\n");
    EXPECT_EQ(read_text(path("a.m3u8")), before);
}

TEST_F(LibraryMixTest, keeps_a_playlist_that_would_be_empty_because_of_tracks_of_another_model) {
    folder_.write("rules.toml", "[[playlist]]\nname = \"a\"\nsearch = \"year:1800\"\n");
    folder_.write("a.m3u8", "#EXTM3U\nold.mp3\n");
    library_.database().execute("UPDATE track SET state = 'stale' WHERE id = 1");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(
        outcome.err,
        "earmark: 1 track analyzed by another model cannot be searched: 'earmark library scan --stale' analyzes it "
        "again\nearmark: playlist 'a': no track fits; " +
            path("a.m3u8") + " stays as it is\n");
    EXPECT_EQ(read_text(path("a.m3u8")), "#EXTM3U\nold.mp3\n");
}

TEST_F(LibraryMixTest, keeps_a_playlist_that_a_mistyped_search_would_empty_and_suggests_tags) {
    folder_.write("rules.toml",
                  "[[playlist]]\nname = \"a\"\nsearch = \"clam\"\n[[playlist]]\nname = \"b\"\nsearch = \"calm\"\n");
    folder_.write("a.m3u8", "#EXTM3U\nold.mp3\n");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(
        outcome.err,
        "earmark: playlist 'a': no track fits; no tag is called 'clam', so it was searched for in titles, artists "
        "and albums; did you mean 'Calm'?; " +
            path("a.m3u8") + " stays as it is\n");
    EXPECT_EQ(read_text(path("a.m3u8")), "#EXTM3U\nold.mp3\n");
    EXPECT_EQ(outcome.out, path("b.m3u8") + ": 4 tracks, 19:45\n");
}

TEST_F(LibraryMixTest, leaves_out_what_is_no_music) {
    library_.set_status(1, "not_music");
    folder_.write("rules.toml",
                  "[[playlist]]\nname = \"a\"\nsearch = \"jazz\"\n"
                  "[[playlist]]\nname = \"b\"\nlike = [\"music/a/blue.mp3\"]\n");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(read_text(path("a.m3u8")), AllOf(HasSubstr("blue.mp3"), Not(HasSubstr("so what.mp3"))));
    EXPECT_THAT(read_text(path("b.m3u8")), AllOf(HasSubstr("song.mp3"), Not(HasSubstr("so what.mp3"))));
}

TEST_F(LibraryMixTest, makes_no_empty_playlist) {
    folder_.write("rules.toml",
                  "[[playlist]]\nname = \"a\"\nsearch = \"year:1800\"\n"
                  "[[playlist]]\nname = \"b\"\nlike = [\"music/c/noise.mp3\"]\nmin_similarity = 0.9\n");
    const Outcome outcome = library("mix", {path("rules.toml")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.err, "earmark: playlist 'a': no track fits\nearmark: playlist 'b': no track fits\n");
    EXPECT_FALSE(std::filesystem::exists(path("a.m3u8")));
    EXPECT_FALSE(std::filesystem::exists(path("b.m3u8")));
}

}  // namespace
}  // namespace earmark
