#include "training/run/out_of_fold_clips.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

// 60 clips by 20 artists, some without one; every sixth is of the validation split and every seventh of test.
Dataset some_clips() {
    Dataset dataset{"", "manifest.tsv", {}};
    for (std::size_t i = 0; i < 60; ++i) {
        Clip clip;
        clip.path = std::to_string(i);
        clip.split = i % 7 == 0 ? "test" : i % 6 == 0 ? "valid" : "train";
        if (i % 10 != 0) clip.artist = "artist " + std::to_string(i % 20);
        dataset.clips.push_back(clip);
    }
    return dataset;
}

std::set<std::string> artists_of(const Dataset& dataset, const std::vector<std::size_t>& clips) {
    std::set<std::string> artists;
    for (const std::size_t clip : clips) {
        if (!dataset.clips[clip].artist.empty()) artists.insert(dataset.clips[clip].artist);
    }
    return artists;
}

TEST(LearningClips, are_those_of_training_then_those_of_validation) {
    const Dataset all = some_clips();
    const Dataset chosen = learning_clips(all);
    const std::size_t train_count = all.split("train").size();
    ASSERT_EQ(chosen.clips.size(), train_count + all.split("valid").size());
    for (std::size_t i = 0; i < chosen.clips.size(); ++i)
        EXPECT_EQ(chosen.clips[i].split, i < train_count ? "train" : "valid");
}

TEST(OutOfFoldClips, hold_each_clip_out_once_from_what_learned_its_artist) {
    const Dataset dataset = learning_clips(some_clips());
    for (const bool is_validated : {false, true}) {
        std::vector<int> held_out_count(dataset.clips.size());
        for (const FoldClips& fold : out_of_fold_clips(dataset, is_validated)) {
            for (const std::size_t clip : fold.held_out) ++held_out_count[clip];
            const std::set<std::string> held_out = artists_of(dataset, fold.held_out);
            EXPECT_FALSE(held_out.empty());
            for (const std::string& artist : artists_of(dataset, fold.train)) EXPECT_FALSE(held_out.contains(artist));
            const std::size_t used = fold.train.size() + fold.held_out.size() + (is_validated ? fold.valid.size() : 0);
            EXPECT_EQ(used, dataset.clips.size());
            EXPECT_EQ(fold.valid == fold.held_out, !is_validated);
        }
        EXPECT_THAT(held_out_count, testing::Each(1));
    }
}

TEST(OutOfFoldClips, hold_copies_out_together) {
    Dataset dataset = learning_clips(some_clips());
    for (std::size_t i = 0; i < 10; ++i) dataset.clips[i].artist.clear();
    for (const std::size_t i : {0, 3, 9}) dataset.clips[i].copies = 1;
    for (const FoldClips& fold : out_of_fold_clips(dataset, false)) {
        const auto count =
            std::ranges::count_if(fold.held_out, [&](auto clip) { return dataset.clips[clip].copies == 1; });
        EXPECT_TRUE(count == 0 || count == 3) << count;
    }
}

TEST(OutOfFoldClips, need_five_artists) {
    Dataset dataset = learning_clips(some_clips());
    for (std::size_t i = 0; i < dataset.clips.size(); ++i) dataset.clips[i].artist = std::to_string(i % 4);
    EXPECT_THAT(error_of(ErrorCode::invalid_dataset, [&] { out_of_fold_clips(dataset, false); }),
                testing::HasSubstr("at least 5 artists"));
}

}  // namespace
}  // namespace earmark
