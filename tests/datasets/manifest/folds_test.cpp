#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "datasets/manifest/dataset.h"
#include "tests/datasets/error_of.h"

namespace earmark::test {
namespace {

/// Clips "0", "1", ... by artists with `clips_of_artist` clips each; without any, artists are unknown.
Dataset dataset_of(std::size_t clip_count, std::size_t clips_of_artist) {
    Dataset dataset;
    dataset.manifest = "manifest.tsv";
    for (std::size_t i = 0; i < clip_count; ++i) {
        Clip clip;
        clip.path = std::to_string(i);
        if (clips_of_artist > 0) clip.artist = "artist " + std::to_string(i / clips_of_artist);
        dataset.clips.push_back(clip);
    }
    return dataset;
}

std::map<std::string, std::size_t> split_sizes(const Dataset& dataset) {
    std::map<std::string, std::size_t> sizes;
    for (const Clip& clip : dataset.clips) ++sizes[clip.split];
    return sizes;
}

TEST(Folds, test_every_clip_once_and_validate_every_clip_once) {
    std::map<std::string, std::multiset<std::string>> clips;
    for (std::size_t fold = 0; fold < 5; ++fold) {
        Dataset dataset = dataset_of(53, 0);
        assign_fold(dataset, {.fold_count = 5}, fold);
        for (const Clip& clip : dataset.clips) clips[clip.split].insert(clip.path.string());
    }
    for (const char* split : {"test", "valid"}) {
        EXPECT_EQ(clips[split].size(), 53U);
        EXPECT_EQ(std::set<std::string>(clips[split].begin(), clips[split].end()).size(), 53U);
    }
    EXPECT_EQ(clips["train"].size(), 3 * 53U);
}

TEST(Folds, have_about_equally_many_clips) {
    for (std::size_t fold = 0; fold < 10; ++fold) {
        Dataset dataset = dataset_of(103, 3);
        assign_fold(dataset, {.fold_count = 10, .by_artist = true}, fold);
        EXPECT_GE(split_sizes(dataset)["test"], 9U);
        EXPECT_LE(split_sizes(dataset)["test"], 12U);
    }
}

TEST(Folds, keep_copies_in_one_split_and_those_of_two_artists_with_both) {
    for (std::size_t fold = 0; fold < 4; ++fold) {
        Dataset dataset = dataset_of(60, 4);
        for (const std::size_t clip : {0, 5, 10, 15}) dataset.clips[clip].copies = 1;
        assign_fold(dataset, {.fold_count = 4}, fold);
        for (const std::size_t clip : {5, 10, 15}) EXPECT_EQ(dataset.clips[clip].split, dataset.clips[0].split);
        assign_fold(dataset, {.fold_count = 4, .by_artist = true}, fold);
        for (std::size_t clip = 1; clip < 16; ++clip) EXPECT_EQ(dataset.clips[clip].split, dataset.clips[0].split);
    }
}

TEST(Folds, without_copies_are_those_of_clips_of_which_nobody_looked_for_copies) {
    Dataset marked = dataset_of(53, 2);
    for (Clip& clip : marked.clips) clip.copies = 1 + std::stoul(clip.path.string());
    Dataset dataset = dataset_of(53, 2);
    for (const bool by_artist : {false, true}) {
        assign_fold(marked, {.by_artist = by_artist}, 1);
        assign_fold(dataset, {.by_artist = by_artist}, 1);
        for (std::size_t i = 0; i < 53; ++i) EXPECT_EQ(marked.clips[i].split, dataset.clips[i].split) << i;
    }
}

TEST(Folds, count_copies_once) {
    Dataset dataset = dataset_of(9, 0);
    for (std::size_t i = 0; i < 8; ++i) dataset.clips[i].copies = 1 + i % 2;
    EXPECT_EQ(
        error_of([&] { assign_fold(dataset, {.fold_count = 4}, 0); }, TemporaryFolder()),
        "invalid_dataset manifest.tsv: expected at least 4 clips, one for each fold, found 3 (copies count once)");
}

TEST(Folds, by_artist_keep_an_artist_in_one_split) {
    Dataset dataset = dataset_of(60, 4);
    assign_fold(dataset, {.fold_count = 4, .by_artist = true}, 2);
    std::map<std::string, std::set<std::string>> splits;
    for (const Clip& clip : dataset.clips) splits[clip.artist].insert(clip.split);
    for (const auto& [artist, names] : splits) EXPECT_EQ(names.size(), 1U) << artist;
}

TEST(Folds, by_artist_keep_the_spellings_of_a_name_together) {
    Dataset dataset = dataset_of(60, 4);
    for (std::size_t i = 0; i < 20; ++i) dataset.clips[i].artist = i % 2 == 0 ? "The  KINKS" : "The Kinks";
    assign_fold(dataset, {.fold_count = 4, .by_artist = true}, 0);
    for (std::size_t i = 0; i < 20; ++i) EXPECT_EQ(dataset.clips[i].split, dataset.clips[0].split) << i;
}

TEST(Folds, of_names_with_one_spelling_stay_as_they_were) {
    Dataset dataset;
    for (const char* artist : {"Zappa", "abba", "The Kinks", "ABC", "ZZ Top", "Bach", "beck"}) {
        dataset.clips.push_back({artist, "", {}, artist, 0});
    }
    assign_fold(dataset, {.fold_count = 3, .by_artist = true}, 0);
    std::string tests;
    for (const Clip& clip : dataset.clips) tests += clip.split == "test" ? clip.artist + ";" : "";
    EXPECT_EQ(tests, "The Kinks;ZZ Top;beck;");
}

TEST(Folds, follow_from_the_seed) {
    const auto splits = [](std::uint64_t seed) {
        Dataset dataset = dataset_of(60, 0);
        assign_fold(dataset, {.fold_count = 4, .seed = seed}, 0);
        std::vector<std::string> names;
        for (const Clip& clip : dataset.clips) names.push_back(clip.split);
        return names;
    };
    EXPECT_EQ(splits(1), splits(1));
    EXPECT_NE(splits(1), splits(2));
}

TEST(Folds, by_artist_without_artists_are_an_error) {
    Dataset dataset = dataset_of(60, 0);
    EXPECT_THAT(error_of([&] { assign_fold(dataset, {.fold_count = 4, .by_artist = true}, 0); }, TemporaryFolder()),
                testing::HasSubstr("found no artist"));
}

TEST(Folds, more_than_artists_are_an_error) {
    Dataset dataset = dataset_of(12, 6);
    EXPECT_THAT(error_of([&] { assign_fold(dataset, {.fold_count = 3, .by_artist = true}, 0); }, TemporaryFolder()),
                testing::HasSubstr("expected at least 3 artists, one for each fold, found 2"));
}

TEST(Folds, fewer_than_three_are_an_error) {
    Dataset dataset = dataset_of(12, 0);
    EXPECT_THAT(error_of([&] { assign_fold(dataset, {.fold_count = 2}, 0); }, TemporaryFolder()),
                testing::HasSubstr("expected at least 3 folds"));
}

}  // namespace
}  // namespace earmark::test
