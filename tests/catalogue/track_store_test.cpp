#include "catalogue/track_store.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "catalogue/model_rows.h"
#include "catalogue/walk.h"
#include "tests/support/small_model.h"
#include "tests/support/temporary_folder.h"

namespace earmark::catalogue {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class TrackStoreTest : public testing::Test {
protected:
    TrackStoreTest() : catalogue_(folder_.path() / "library.db"), store_(catalogue_, model_) {
        make_current(catalogue_, store_.model_id());
    }

    WalkChanges walk(const std::vector<Walk::File>& files, const std::vector<std::filesystem::path>& unread = {}) {
        return take_walk(catalogue_, {files, {"/music"}, unread});
    }

    std::vector<std::string> waiting(const WaitingOptions& options = {}) {
        std::vector<std::string> paths;
        for (const WaitingTrack& track : store_.waiting({"/music"}, options)) paths.push_back(track.path);
        return paths;
    }

    std::int64_t id_of(const std::string& path) {
        Statement statement = catalogue_.database().prepare("SELECT id FROM track WHERE path = ?1");
        statement.bind(1, path);
        return statement.step() ? statement.integer(0) : 0;
    }

    ClipResult clip() const {
        ClipResult clip;
        clip.probabilities.assign(model_.tags.size(), 0.25F);
        clip.probabilities.front() = 0.001F;
        for (std::size_t i = 0; i < model_.feature_count(); ++i) clip.embedding.push_back(static_cast<float>(i % 7));
        clip.duration_s = 12.5;
        clip.status = ClipStatus::known;
        clip.warning = "1 damaged packet was left out";
        return clip;
    }

    // As a scan does it.
    PlacedTrack analyze(const std::string& path, const std::string& digest) {
        const PlacedTrack placed = store_.place(id_of(path), {digest, 3.0, {.title = "T", .year = 2004}});
        if (!placed.is_known) store_.keep(placed.audio_id, clip());
        return placed;
    }

    std::string states() {
        return catalogue_.database().text(
            "SELECT group_concat(path || ' ' || state || iif(is_missing, ' missing', ''), ', ') FROM "
            "(SELECT * FROM track ORDER BY path)");
    }

    TemporaryFolder folder_;
    Catalogue catalogue_;
    Model model_ = small_model();
    TrackStore store_;
};

const Walk::File a{"/music/a.mp3", {10, 100}};
const Walk::File b{"/music/b.mp3", {20, 200}};
const Walk::File c{"/music/sub/c.mp3", {30, 300}};

TEST_F(TrackStoreTest, has_new_files_wait) {
    const WalkChanges changes = walk({a, b});
    EXPECT_EQ(changes.new_count, 2);
    EXPECT_EQ(changes.unchanged_count, 0);
    EXPECT_THAT(waiting(), ElementsAre(a.path, b.path));
    EXPECT_THAT(known_roots(catalogue_), ElementsAre("/music"));
}

TEST_F(TrackStoreTest, keeps_an_analysis_and_finds_it_again) {
    walk({a, b});
    EXPECT_FALSE(analyze(a.path, "aa").is_known);
    EXPECT_THAT(waiting(), ElementsAre(b.path));
    const auto found = store_.find(a.path, a.stamp);
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->probabilities, clip().probabilities);
    EXPECT_EQ(found->duration_s, 12.5);
    EXPECT_EQ(found->status, ClipStatus::known);
    EXPECT_EQ(found->warning, clip().warning);
    EXPECT_FALSE(store_.find(a.path, {10, 101}).has_value());
    EXPECT_FALSE(store_.find(b.path, b.stamp).has_value());
    EXPECT_EQ(static_cast<std::size_t>(catalogue_.database().integer("SELECT count(*) FROM analysis_tag")),
              model_.tags.size() - 1);
    EXPECT_EQ(static_cast<std::size_t>(catalogue_.database().integer("SELECT length(embedding) FROM analysis")),
              model_.feature_count());
    EXPECT_EQ(catalogue_.database().text("SELECT title || year || duration_s FROM track WHERE state = 'current'"),
              "T20043.0");
}

TEST_F(TrackStoreTest, has_changed_files_wait_and_unchanged_ones_not) {
    walk({a, b});
    analyze(a.path, "aa");
    analyze(b.path, "bb");
    const WalkChanges changes = walk({a, {b.path, {20, 201}}});
    EXPECT_EQ(changes.changed_count, 1);
    EXPECT_EQ(changes.unchanged_count, 1);
    EXPECT_THAT(waiting(), ElementsAre(b.path));
    EXPECT_TRUE(analyze(b.path, "bb").is_known);  // other tags, the same audio
    EXPECT_EQ(states(), "/music/a.mp3 current, /music/b.mp3 current");
}

TEST_F(TrackStoreTest, has_no_changed_file_current_because_another_has_its_former_audio) {
    walk({a});
    analyze(a.path, "aa");
    walk({{a.path, {11, 100}}, b});
    EXPECT_TRUE(analyze(b.path, "aa").is_known);
    EXPECT_THAT(waiting(), ElementsAre(a.path));
}

TEST_F(TrackStoreTest, keeps_what_vanished_and_takes_it_again_when_it_returns) {
    walk({a, b});
    analyze(a.path, "aa");
    EXPECT_EQ(walk({b}).vanished_count, 1);
    EXPECT_EQ(states(), "/music/a.mp3 current missing, /music/b.mp3 pending");
    EXPECT_EQ(walk({b}).vanished_count, 0);
    const WalkChanges changes = walk({a, b});
    EXPECT_EQ(changes.returned_count, 1);
    EXPECT_EQ(changes.unchanged_count, 1);
    EXPECT_THAT(waiting(), ElementsAre(b.path));
}

TEST_F(TrackStoreTest, has_nothing_vanish_where_it_could_not_look) {
    walk({a, c});
    EXPECT_EQ(walk({a}, {"/music/sub"}).vanished_count, 0);
    EXPECT_EQ(walk({a}, {"/music/su"}).vanished_count, 1);  // another folder
    EXPECT_EQ(take_walk(catalogue_, {{}, {"/other"}, {}}).vanished_count, 0);
    EXPECT_EQ(present_count(catalogue_, "/music"), 1);
    EXPECT_EQ(present_count(catalogue_, "/mus"), 0);
}

TEST_F(TrackStoreTest, takes_a_new_file_with_the_audio_of_a_vanished_one_for_moved) {
    walk({a, b});
    analyze(a.path, "aa");
    const std::int64_t id = id_of(a.path);
    walk({b, c});
    const PlacedTrack placed = analyze(c.path, "aa");
    EXPECT_TRUE(placed.has_moved);
    EXPECT_TRUE(placed.is_known);
    EXPECT_EQ(id_of(c.path), id);
    EXPECT_EQ(states(), "/music/b.mp3 pending, /music/sub/c.mp3 current");
    EXPECT_EQ(walk({b, c}).unchanged_count, 2);
}

TEST_F(TrackStoreTest, analyzes_copies_once) {
    walk({a, b});
    const PlacedTrack first = store_.place(id_of(a.path), {"aa", {}, {}});
    const PlacedTrack second = store_.place(id_of(b.path), {"aa", {}, {}});
    EXPECT_FALSE(first.is_known || second.is_known || second.has_moved);
    EXPECT_EQ(first.audio_id, second.audio_id);
    store_.keep(first.audio_id, clip());
    EXPECT_EQ(states(), "/music/a.mp3 current, /music/b.mp3 current");
}

TEST_F(TrackStoreTest, keeps_failures_until_the_file_changes_or_it_is_asked) {
    walk({a, b, c});
    store_.fail(id_of(a.path), "not audio", true);
    store_.fail(id_of(b.path), "Input/output error", false);
    store_.keep_failure(store_.place(id_of(c.path), {"cc", {}, {}}).audio_id, "cannot be decoded");
    EXPECT_EQ(states(), "/music/a.mp3 failed, /music/b.mp3 pending, /music/sub/c.mp3 failed");
    EXPECT_THAT(waiting(), ElementsAre(b.path));
    EXPECT_THAT(waiting({.failed = true}), ElementsAre(a.path, b.path, c.path));
    EXPECT_FALSE(store_.find(c.path, c.stamp).has_value());
    // Under another name it is not tried again.
    const Walk::File other{"/music/d.mp3", {1, 1}};
    walk({a, b, c, other});
    EXPECT_TRUE(analyze(other.path, "cc").is_known);
    EXPECT_EQ(catalogue_.database().text("SELECT error FROM track WHERE path = '/music/d.mp3'"), "cannot be decoded");
}

TEST_F(TrackStoreTest, has_analyses_of_another_model_stale_until_that_is_current_again) {
    walk({a, b, c});
    analyze(a.path, "aa");
    store_.fail(id_of(b.path), "not audio", true);
    Model other = small_model();
    other.name = "another";
    TrackStore newer(catalogue_, other);
    ASSERT_NE(newer.model_id(), store_.model_id());
    make_current(catalogue_, newer.model_id());
    EXPECT_EQ(states(), "/music/a.mp3 stale, /music/b.mp3 failed, /music/sub/c.mp3 pending");
    EXPECT_THAT(waiting({.stale = true}), ElementsAre(a.path, c.path));
    EXPECT_FALSE(newer.find(a.path, a.stamp).has_value());
    EXPECT_TRUE(store_.find(a.path, a.stamp).has_value());
    newer.keep(newer.place(id_of(a.path), {"aa", {}, {}}).audio_id, clip());
    EXPECT_EQ(states(), "/music/a.mp3 current, /music/b.mp3 failed, /music/sub/c.mp3 pending");
    make_current(catalogue_, store_.model_id());
    EXPECT_EQ(states(), "/music/a.mp3 current, /music/b.mp3 failed, /music/sub/c.mp3 pending");
    EXPECT_EQ(find_model(catalogue_, other), newer.model_id());
}

TEST_F(TrackStoreTest, keeps_a_path_that_no_walk_has_found) {
    const std::int64_t id = store_.keep_path(a.path, a.stamp);
    EXPECT_EQ(store_.keep_path(a.path, a.stamp), id);
    analyze(a.path, "aa");
    EXPECT_EQ(store_.keep_path(a.path, a.stamp), id);
    EXPECT_TRUE(store_.find(a.path, a.stamp).has_value());
    EXPECT_EQ(store_.keep_path(a.path, {11, 100}), id);
    EXPECT_EQ(states(), "/music/a.mp3 pending");
}

TEST_F(TrackStoreTest, keeps_paths_of_any_bytes) {
    const Walk::File latin1{"/music/caf\xE9/a.mp3", {1, 1}};
    walk({latin1});
    EXPECT_THAT(waiting(), ElementsAre(latin1.path));
    EXPECT_EQ(walk({latin1}).unchanged_count, 1);
    EXPECT_EQ(take_walk(catalogue_, {{}, {"/music/caf\xE9"}, {}}).vanished_count, 1);
    EXPECT_THAT(waiting(), IsEmpty());
}

}  // namespace
}  // namespace earmark::catalogue
