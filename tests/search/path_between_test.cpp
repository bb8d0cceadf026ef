// A way from one track to another.
#include "search/path_between.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <set>

#include "tests/search/test_matrix.h"

namespace earmark {
namespace {

using testing::ElementsAre;

struct Library {
    TestMatrix rows{};
    std::vector<RecordingFacts> tracks{};
    void add(const std::vector<float>& row) {
        rows.add(row);
        tracks.push_back({static_cast<std::int64_t>(tracks.size()) + 1, "", "", "", 0.0, tracks.size()});
    }
    std::vector<std::size_t> path(std::size_t from, std::size_t to, std::size_t count) const {
        return path_between(tracks, rows.matrix(), from, to, count);
    }
};

// At an angle in the plane of the first two axes, and away from it by `aside`.
std::vector<float> on_arc(double angle, float aside = 0.0F) {
    return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)), aside};
}

TEST(PathBetween, follows_an_arc_in_even_steps_past_what_is_off_it) {
    Library library;
    constexpr double whole_angle = 2.8;
    for (int i = 0; i <= 8; ++i) library.add(on_arc(whole_angle * i / 8.0));
    for (int i = 0; i <= 8; ++i) library.add(on_arc(whole_angle * (i + 0.5) / 9.0, 2.0F));
    EXPECT_THAT(library.path(0, 8, 5), ElementsAre(0, 2, 4, 6, 8));
    EXPECT_THAT(library.path(8, 0, 3), ElementsAre(8, 4, 0));
    EXPECT_THAT(library.path(0, 8, 9), ElementsAre(0, 1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(PathBetween, has_no_recording_twice) {
    Library library;
    std::mt19937 random(1);
    std::normal_distribution<float> normal;
    for (int i = 0; i < 300; ++i) {
        std::vector<float> row(16);
        for (float& number : row) number = normal(random);
        library.add(row);
        library.add(row);  // a copy
    }
    const std::vector<std::size_t> path = library.path(0, 500, 25);
    EXPECT_EQ(path.size(), 25U);
    std::set<std::size_t> recordings;
    for (const std::size_t track : path) recordings.insert(track / 2);
    EXPECT_EQ(recordings.size(), 25U);
    EXPECT_EQ(path.front(), 0U);
    EXPECT_EQ(path.back(), 500U);
}

TEST(PathBetween, takes_smaller_steps_than_a_random_order) {
    Library library;
    std::mt19937 random(2);
    std::normal_distribution<float> normal;
    for (int i = 0; i < 1000; ++i) {
        std::vector<float> row(8);
        for (float& number : row) number = normal(random);
        library.add(row);
    }
    const std::vector<std::size_t> path = library.path(3, 700, 12);
    double least = 1.0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i)
        least = std::min<double>(least, cosine_of_rows(library.rows.matrix(), path[i], path[i + 1]));
    EXPECT_GT(least, 0.5);
}

TEST(PathBetween, is_shorter_where_there_is_not_enough) {
    Library library;
    for (int i = 0; i < 4; ++i) library.add(on_arc(0.3 * i));
    EXPECT_THAT(library.path(0, 3, 25), ElementsAre(0, 1, 2, 3));
    EXPECT_THAT(library.path(0, 3, 2), ElementsAre(0, 3));
    Library two;
    two.add(on_arc(0.0));
    two.add(on_arc(1.0));
    EXPECT_THAT(two.path(1, 0, 10), ElementsAre(1, 0));
    EXPECT_THAT(two.path(1, 1, 2), ElementsAre(1));
}

}  // namespace
}  // namespace earmark
