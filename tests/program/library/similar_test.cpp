// `earmark library similar` and `earmark library path`.
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "earmark/embedding.h"
#include "earmark/file_tagger.h"
#include "tests/program/fixture.h"
#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using LibrarySimilarTest = LibraryProgramTest;

TEST_F(LibrarySimilarTest, prints_the_most_similar_first_and_never_the_seed) {
    const Outcome outcome = library("similar", {track("a/so what")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out, " 0.95  " + track("a/blue") + "\n 0.80  " + track("b/song") + "\n 0.60  " +
                               track("b/ballad") + "\n 0.00  " + track("c/drone") + "\n 0.00  " + track("c/noise") +
                               "\n");
}

TEST_F(LibrarySimilarTest, takes_the_number_of_a_track) {
    EXPECT_EQ(library("similar", {"1"}).out, library("similar", {track("a/so what")}).out);
    EXPECT_THAT(library("similar", {"77"}).err, HasSubstr("77: is neither in the library nor a file"));
}

TEST_F(LibrarySimilarTest, takes_several_seeds_and_playlists_of_them) {
    const std::vector<std::string> expected{"b/song", "b/ballad"};
    EXPECT_EQ(names_in(library("similar", {"1", track("a/blue"), "--top", "2"}).out), expected);
    folder_.write("music/list.m3u8", "#EXTM3U\na/so what.mp3\n" + track("a/blue") + "\n");
    EXPECT_EQ(names_in(library("similar", {path("music/list.m3u8"), "--top", "2"}).out), expected);
    folder_.write("empty.m3u8", "#EXTM3U\n");
    const Outcome outcome = library("similar", {path("empty.m3u8"), "1", "2", "--top", "2"});
    EXPECT_EQ(names_in(outcome.out), expected);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, HasSubstr("the playlist names no files"));
}

TEST_F(LibrarySimilarTest, has_each_recording_once_and_none_of_a_seed) {
    library_.add({track("copy of seed"), {}, {}, "", ""}, 1);
    library_.add({track("copy of blue"), {}, {}, "", ""}, 2);
    add("other encoding", {0.9F, 0.3F, 0.01F}, {}, "", "", 0, 341);
    add("same names", {0.9F, 0.0F, 0.4F}, {}, "SO WHAT", "miles davis", 0, 546);
    EXPECT_THAT(names_in(library("similar", {"1", "--top", "3"}).out), ElementsAre("a/blue", "b/song", "b/ballad"));
}

TEST_F(LibrarySimilarTest, has_limits) {
    EXPECT_THAT(names_in(library("similar", {"3", "--per-artist", "1", "--top", "2"}).out),
                ElementsAre("a/so what", "c/drone"));
    EXPECT_THAT(names_in(library("similar", {"1", "--min-similarity", "0.7"}).out), ElementsAre("a/blue", "b/song"));
    EXPECT_THAT(names_in(library("similar", {"1", "--top", "2", "--diversity", "0.5"}).out),
                ElementsAre("a/blue", "b/song"));
    const Outcome none = library("similar", {"1", "--min-similarity", "0.99"});
    EXPECT_EQ(none.exit_status, 0);
    EXPECT_EQ(none.err, "earmark: no other track is that similar\n");
}

TEST_F(LibrarySimilarTest, has_nothing_to_find_in_a_library_of_one_track) {
    library_.database().execute("DELETE FROM track WHERE id > 1; DELETE FROM analysis WHERE id > 1");
    const Outcome outcome = library("similar", {"1"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out, "");
    EXPECT_EQ(outcome.err, "earmark: the library has no other track that is analyzed\n");
}

TEST_F(LibrarySimilarTest, looks_further_when_the_first_ones_are_all_by_one_artist) {
    for (int i = 0; i < 700; ++i)
        add("many/" + std::to_string(i), {0.5F, 0.05F + 0.0001F * static_cast<float>(i), 1}, {}, std::to_string(i),
            "Same", 0, i);
    const auto names = names_in(library("similar", {"3", "--per-artist", "1", "--top", "4"}).out);
    EXPECT_THAT(names, ElementsAre("many/0", "a/so what", "c/drone", "b/ballad"));
}

TEST_F(LibrarySimilarTest, does_not_list_missing_tracks) {
    library_.database().execute("UPDATE track SET is_missing = 1 WHERE id = 2");
    EXPECT_THAT(names_in(library("similar", {"1", "--top", "1"}).out), ElementsAre("b/song"));
    EXPECT_THAT(names_in(library("similar", {track("a/blue"), "--top", "1"}).out), ElementsAre("a/so what"))
        << "what is missing may still be asked for";
}

TEST_F(LibrarySimilarTest, writes_json_with_the_similarity) {
    const auto json = nlohmann::json::parse(library("similar", {"1", "--top", "1", "--format", "json"}).out);
    EXPECT_NEAR(json[0]["similarity"].get<double>(), 0.9487, 1e-3);
    EXPECT_EQ(json[0]["track_id"], 2);
}

TEST_F(LibrarySimilarTest, needs_the_model_of_the_library_for_other_files) {
    const Outcome outcome = library("similar", {recording("long.flac")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("--model: "), HasSubstr("'small'"), Not(HasSubstr("\n\n"))));
}

// A library that the model of the tests has made, with one file in it.
class LibraryOfModelTest : public testing::Test {
protected:
    LibraryOfModelTest() {
        const Model model = model_of_the_tests();
        write_model(model, path("small.earmark"));
        const auto shared = std::make_shared<const Model>(read_model(path("small.earmark")));
        MusicLibrary library(path("library.db"));
        library.add_model(model_identity(*shared), model.feature_count(), {});
        set_standardization(library, *shared);
        Tagger tagger(shared);
        for (const char* name : {"long.flac", "stereo.flac"}) {
            if (!std::filesystem::exists(recording(name))) continue;
            const ClipResult clip = tag_file(tagger, recording(name));
            library.add({path(name), standardized_embedding(*shared, clip.embedding)});
        }
        std::vector<float> other(model.feature_count(), -1.0F);
        library.add({path("other.flac"), other});
    }

    static void set_standardization(MusicLibrary& library, const Model& model) {
        catalogue::Statement statement =
            library.database().prepare("UPDATE model SET embedding_mean = ?1, embedding_deviation = ?2");
        statement.bind(1, std::as_bytes(std::span(model.classifier.means)));
        statement.bind(2, std::as_bytes(std::span(model.classifier.deviations))).run();
    }

    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }

    TemporaryFolder folder_;
};

TEST_F(LibraryOfModelTest, tags_a_seed_that_it_does_not_have_and_leaves_out_the_same_recording) {
    const Outcome outcome = run_earmark(
        {"library", "similar", "--db", path("library.db"), "--model", path("small.earmark"), recording("long.flac")});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(Not(HasSubstr("long.flac")), HasSubstr("other.flac")));
}

// Without --foreground, timeout would send the signal twice, and the second one ends the program at once.
TEST_F(LibraryOfModelTest, stops_while_it_waits_for_a_seed) {
    ASSERT_EQ(mkfifo(path("pipe.wav").c_str(), 0600), 0);
    const Outcome outcome = run_earmark(
        {"library", "similar", "--db", path("library.db"), "--model", path("small.earmark"), path("pipe.wav")},
        {.launcher = {"timeout", "--foreground", "--preserve-status", "--signal=INT", "5"}});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, HasSubstr("stopped: nothing was searched"));
}

TEST_F(LibrarySimilarTest, path_needs_two_recordings) {
    library_.add({track("copy of so what"), {}, {}, "", ""}, 1);
    for (const char* other : {"1", "7"}) {
        const Outcome outcome = library("path", {"1", other});
        EXPECT_EQ(outcome.exit_status, 2);
        EXPECT_EQ(outcome.out, "");
        EXPECT_EQ(outcome.err, "earmark: FROM and TO: expected two recordings, found '1' and '" + std::string(other) +
                                   "', which have the same audio\n");
    }
}

TEST_F(LibrarySimilarTest, path_goes_from_one_to_the_other_past_those_between) {
    add("between", {0.6F, 0.1F, 1.0F}, {}, "", "", 0, 0);
    const Outcome outcome = library("path", {"1", track("c/drone"), "--count", "4"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(names_in(outcome.out), ElementsAre("a/so what", "b/song", "between", "c/drone"));
    EXPECT_THAT(lines_of(outcome.out)[0], HasSubstr(" 1.00  "));
    EXPECT_THAT(lines_of(outcome.out)[1], HasSubstr(" 0.80  "));
}

TEST_F(LibrarySimilarTest, leaves_out_what_is_no_music_unless_it_is_named) {
    library_.set_status(1, "not_music");
    library_.set_status(2, "too_short");
    EXPECT_THAT(names_in(library("similar", {"1", "--top", "2"}).out), ElementsAre("b/song", "b/ballad"));
    const std::vector<std::string> way = names_in(library("path", {"1", "6"}).out);
    EXPECT_EQ(way.front(), "a/so what");
    EXPECT_EQ(way.back(), "c/drone");
    EXPECT_THAT(way, Not(Contains("a/blue")));
}

TEST_F(LibrarySimilarTest, path_is_shorter_where_the_library_is_small) {
    const Outcome outcome = library("path", {"1", "6", "--out", path("way.m3u8")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "earmark: the library has only 6 recordings for the way\n");
    EXPECT_THAT(read_text(path("way.m3u8")), HasSubstr("#PLAYLIST:From 1 to 6\n"));
}

TEST_F(LibrarySimilarTest, path_needs_two_tracks_of_the_library) {
    const Outcome outcome = library("path", {"1", recording("long.flac")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, HasSubstr("long.flac: is not an analyzed track of " + db()));
    EXPECT_EQ(library("path", {"1", "2", "--count", "1"}).exit_status, 2);
    EXPECT_THAT(names_in(library("path", {"1", "2", "--count", "2"}).out), ElementsAre("a/so what", "a/blue"));
}

}  // namespace
}  // namespace earmark
