// Each recording once, few by one artist, and not all alike.
#include "search/choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/search/test_matrix.h"

namespace earmark {
namespace {

using testing::ElementsAre;

TEST(Choice, has_each_recording_once) {
    TestMatrix rows;
    rows.add(std::vector<float>{1.0F, 0.0F, 0.0F});
    rows.add(std::vector<float>{0.99F, 0.01F, 0.0F});
    rows.add(std::vector<float>{0.0F, 1.0F, 0.0F});
    Choice choice(rows.matrix());
    choice.add({7, "mb-1", "Miles Davis", "So What", 545.0, 0});
    EXPECT_FALSE(choice.allows({7})) << "the same audio packets";
    EXPECT_FALSE(choice.allows({8, "mb-1"})) << "the same recording of MusicBrainz";
    EXPECT_FALSE(choice.allows({8, "mb-2", "MILES  DAVIS", "So what?", 548.0})) << "the same names and duration";
    EXPECT_FALSE(choice.allows({8, "", "", "", 543.0, 1})) << "nearly the same embedding";
    EXPECT_TRUE(choice.allows({8, "", "", "", 530.0, 1})) << "nearly the same embedding, and another duration";
    EXPECT_TRUE(choice.allows({8, "mb-2", "Miles Davis", "So What", 590.0})) << "another duration: another version";
    EXPECT_TRUE(choice.allows({8, "mb-2", "Miles Davis", "Blue in Green", 545.0}));
    EXPECT_TRUE(choice.allows({8, "", "", "", 0.0, 2}));
}

// A fingerprint of random numbers, and one of which every eighth bit is another.
struct Sounds {
    Fingerprint sound = Fingerprint(200);
    Fingerprint encoded_again{};
    Fingerprint other = Fingerprint(200);
    Sounds() {
        std::mt19937 random(1);
        for (std::uint32_t& number : sound) number = static_cast<std::uint32_t>(random());
        for (std::uint32_t& number : other) number = static_cast<std::uint32_t>(random());
        for (const std::uint32_t number : sound) encoded_again.push_back(number ^ 0x01010101U);
    }
    Fingerprint of(std::int64_t audio_id) const {
        return audio_id == 1 ? sound : audio_id == 2 ? encoded_again : audio_id == 3 ? other : Fingerprint{};
    }
};

TEST(Choice, goes_by_fingerprints_where_there_are_any) {
    TestMatrix rows;
    rows.add(std::vector<float>{1.0F, 0.0F, 0.0F});
    rows.add(std::vector<float>{0.8F, 0.6F, 0.0F});  // as a quieter copy has it
    rows.add(std::vector<float>{0.999F, 0.01F, 0.0F});
    rows.add(std::vector<float>{0.0F, 0.0F, 1.0F});
    const Sounds sounds;
    Choice choice(rows.matrix(), 0, [&](std::int64_t audio_id) { return sounds.of(audio_id); });
    choice.add({1, "", "", "", 180.0, 0});
    EXPECT_FALSE(choice.allows({2, "", "", "", 182.0, 1})) << "the same sound";
    EXPECT_TRUE(choice.allows({2, "", "", "", 190.0, 1})) << "the same sound, and another duration";
    EXPECT_TRUE(choice.allows({2, "", "", "", 182.0, 3})) << "an embedding of something else";
    EXPECT_TRUE(choice.allows({3, "", "", "", 180.0, 2})) << "nearly the same embedding, and another sound";
    EXPECT_FALSE(choice.allows({4, "", "", "", 180.0, 2})) << "nearly the same embedding, without a fingerprint";
}

TEST(Choice, excludes_sound_that_is_in_no_row) {
    TestMatrix rows;
    rows.add(std::vector<float>{1.0F, 0.0F, 0.0F});
    const Sounds sounds;
    Choice choice(rows.matrix(), 0, [&](std::int64_t audio_id) { return sounds.of(audio_id); });
    choice.exclude_sound(sounds.sound, 180.0);
    EXPECT_FALSE(choice.allows({2, "", "", "", 180.0, 0}));
    EXPECT_TRUE(choice.allows({2, "", "", "", 190.0, 0}));
    EXPECT_TRUE(choice.allows({3, "", "", "", 180.0, 0}));
    EXPECT_TRUE(choice.allows({4, "", "", "", 180.0, 0}));
}

TEST(Choice, does_not_take_what_is_not_known_for_the_same) {
    Choice choice((Int8Matrix()));
    choice.add({});
    EXPECT_TRUE(choice.allows({}));
    choice.add({0, "", "", "Intro", 10.0});
    EXPECT_TRUE(choice.allows({0, "", "", "Intro", 10.0}));
}

TEST(Choice, has_at_most_so_many_by_one_artist) {
    Choice choice(Int8Matrix(), 2);
    choice.exclude({1, "", "Bach", "Prelude", 100.0});  // does not count
    choice.add({2, "", "BACH", "Fugue", 100.0});
    EXPECT_TRUE(choice.allows({3, "", "Bach", "Toccata", 100.0}));
    choice.add({3, "", "Bach", "Toccata", 100.0});
    EXPECT_FALSE(choice.allows({4, "", "bach", "Aria", 100.0}));
    EXPECT_TRUE(choice.allows({5, "", "Handel", "Aria", 100.0}));
    for (std::int64_t id = 6; id < 9; ++id) choice.add({id});
    EXPECT_TRUE(choice.allows({9})) << "without an artist";
}

// Two groups of three that are alike, of which the first has the higher scores.
struct Groups {
    TestMatrix rows{};
    std::vector<Candidate> candidates{};
    Groups() {
        for (const auto& row : {std::vector<float>{1, 0.3F, 0, 0},
                                {1, 0, 0.3F, 0},
                                {1, 0, 0, 0.3F},
                                {0, 1, 0.3F, 0.3F},
                                {0, 1, 0, 0.5F},
                                {0, 1, 0.5F, 0}}) {
            rows.add(row);
            const std::size_t index = candidates.size();
            candidates.push_back({{static_cast<std::int64_t>(index) + 1, "", "", "", 0.0, index},
                                  0.9 - 0.05 * static_cast<double>(index)});
        }
    }
};

TEST(Choose, takes_the_first_that_are_allowed) {
    const Groups groups;
    Choice choice(groups.rows.matrix());
    choice.exclude({2});
    EXPECT_THAT(choose(groups.candidates, 3, 0.0, groups.rows.matrix(), choice), ElementsAre(0, 2, 3));
}

TEST(Choose, with_diversity_takes_what_is_not_like_the_ones_before) {
    const Groups groups;
    Choice choice(groups.rows.matrix());
    EXPECT_THAT(choose(groups.candidates, 2, 0.5, groups.rows.matrix(), choice), ElementsAre(0, 3));
    Choice without(groups.rows.matrix());
    EXPECT_THAT(choose(groups.candidates, 2, 0.01, groups.rows.matrix(), without), ElementsAre(0, 1));
}

TEST(Choose, has_all_that_there_are_at_most) {
    const Groups groups;
    for (const double diversity : {0.0, 0.7}) {
        Choice choice(groups.rows.matrix());
        EXPECT_EQ(choose(groups.candidates, 100, diversity, groups.rows.matrix(), choice).size(), 6U);
    }
}

}  // namespace
}  // namespace earmark
