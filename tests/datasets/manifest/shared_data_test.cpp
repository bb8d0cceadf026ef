#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "datasets/manifest/dataset.h"

namespace earmark::test {
namespace {

// The development data, which is no part of the repository.
const std::filesystem::path data = std::filesystem::path(EARMARK_SHARED_DIR) / "data";

struct SharedSet {
    const char* name;
    std::vector<std::pair<std::string, std::size_t>> clip_counts;
    bool artists_known = true;
};

void PrintTo(const SharedSet& set, std::ostream* out) { *out << set.name; }

class SharedData : public testing::TestWithParam<SharedSet> {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(data / GetParam().name)) GTEST_SKIP() << "no " << data / GetParam().name;
        dataset_ = read_manifest(data / GetParam().name);
    }

    Dataset dataset_;
};

TEST_P(SharedData, splits_have_the_published_numbers_of_clips) {
    std::size_t total = 0;
    for (const auto& [split, clip_count] : GetParam().clip_counts) {
        EXPECT_EQ(dataset_.split(split).size(), clip_count) << split;
        total += clip_count;
    }
    EXPECT_EQ(dataset_.clips.size(), total);
}

TEST_P(SharedData, no_file_is_missing) { EXPECT_THAT(remove_missing(dataset_), testing::IsEmpty()); }

TEST_P(SharedData, no_artist_is_in_two_splits) {
    if (!GetParam().artists_known) GTEST_SKIP() << "artists are not known";
    std::set<std::string> train_artists;
    for (const Clip& clip : dataset_.split("train")) train_artists.insert(clip.artist);
    EXPECT_GT(train_artists.size(), 100U);
    for (const Clip& clip : dataset_.split("test")) EXPECT_FALSE(train_artists.contains(clip.artist)) << clip.artist;
}

INSTANTIATE_TEST_SUITE_P(, SharedData,
                         testing::Values(SharedSet{"allmusic", {{"train", 667}, {"valid", 82}, {"test", 81}}},
                                         SharedSet{"mirex", {{"train", 637}, {"valid", 80}, {"test", 80}}},
                                         SharedSet{"gtzan-subset", {{"cv", 488}}, false}),
                         [](const auto& test) { return std::string(test.param.name).substr(0, 5); });

TEST(SharedTags, the_fifty_most_frequent_genres_and_moods_are_those_of_the_list) {
    if (!std::filesystem::exists(data / "allmusic")) GTEST_SKIP() << "no " << data / "allmusic";
    const auto listed = read_labels(data / "allmusic" / "top50_tags.txt");
    auto labels = labels_by_frequency(read_manifest(data / "allmusic"), "train");
    std::erase_if(labels, [](const std::string& label) { return label.starts_with("quadrant---"); });
    labels.resize(50);
    EXPECT_THAT(labels, testing::UnorderedElementsAreArray(listed));
}

}  // namespace
}  // namespace earmark::test
