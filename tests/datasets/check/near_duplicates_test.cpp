#include "datasets/check/near_duplicates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earmark {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

/// Numbers that have nothing in common with those of another seed.
Fingerprint sound(std::uint32_t seed, std::size_t count = 220) {
    Fingerprint fingerprint;
    std::uint64_t state = seed * 0x9E3779B97F4A7C15ULL + 1;
    for (std::size_t i = 0; i < count; ++i) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        fingerprint.push_back(static_cast<std::uint32_t>(state >> 32));
    }
    return fingerprint;
}

Fingerprint part(const Fingerprint& whole, std::size_t first, std::size_t count) {
    return {whole.begin() + first, whole.begin() + first + count};
}

/// `bit_count` bits of all numbers but every fifth are others.
Fingerprint disturbed(Fingerprint fingerprint, int bit_count) {
    for (std::size_t i = 0; i < fingerprint.size(); ++i) {
        if (i % 5 == 0) continue;
        for (int k = 0; k < bit_count; ++k) fingerprint[i] ^= 1U << ((7 * i + 5 * k) % 32);
    }
    return fingerprint;
}

TEST(NearDuplicates, of_different_sounds_are_none) {
    EXPECT_THAT(near_duplicates({sound(1), sound(2), sound(3)}), IsEmpty());
}

TEST(NearDuplicates, of_nothing_are_none) {
    EXPECT_THAT(near_duplicates({}), IsEmpty());
    EXPECT_THAT(near_duplicates({{}, sound(1), {}}), IsEmpty());
}

TEST(NearDuplicates, are_found_at_once_and_with_their_length) {
    const auto found = near_duplicates({sound(1), sound(2), sound(1)});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].first, 0U);
    EXPECT_EQ(found[0].second, 2U);
    EXPECT_DOUBLE_EQ(found[0].bit_error, 0.0);
    EXPECT_DOUBLE_EQ(found[0].offset_s, 0.0);
    EXPECT_DOUBLE_EQ(found[0].common_s, fingerprint_span_s(220));
}

TEST(NearDuplicates, may_be_an_excerpt_of_the_other) {
    const auto found = near_duplicates({sound(1), part(sound(1), 100, 60)});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_DOUBLE_EQ(found[0].offset_s, 100 * fingerprint_step_s);
    EXPECT_DOUBLE_EQ(found[0].common_s, fingerprint_span_s(60));
    EXPECT_DOUBLE_EQ(near_duplicates({part(sound(1), 100, 60), sound(1)}).at(0).offset_s, -100 * fingerprint_step_s);
}

TEST(NearDuplicates, may_overlap_only) {
    Fingerprint begins = sound(2, 150);
    const Fingerprint common = sound(1, 70);
    begins.insert(begins.end(), common.begin(), common.end());
    Fingerprint ends = common;
    const Fingerprint rest = sound(3, 150);
    ends.insert(ends.end(), rest.begin(), rest.end());
    const auto found = near_duplicates({begins, ends});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_DOUBLE_EQ(found[0].offset_s, 150 * fingerprint_step_s);
    EXPECT_DOUBLE_EQ(found[0].common_s, fingerprint_span_s(70));
}

TEST(NearDuplicates, may_have_differing_bits_up_to_the_limit) {
    // Four fifths of the numbers with 5 of 32 bits: 12.5 %; with 7: 17.5 %.
    const auto found = near_duplicates({sound(1), disturbed(sound(1), 5)});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_NEAR(found[0].bit_error, 0.125, 0.002);
    EXPECT_THAT(near_duplicates({sound(1), disturbed(sound(1), 7)}), IsEmpty());
}

TEST(NearDuplicates, need_a_window_in_common) {
    for (const std::size_t count : {20, 60}) {
        Fingerprint other = sound(2);
        const Fingerprint common = part(sound(1), 50, count);
        std::copy(common.begin(), common.end(), other.begin() + 80);
        EXPECT_THAT(near_duplicates({sound(1), other}), SizeIs(count < window_items ? 0 : 1)) << count;
    }
}

TEST(NearDuplicates, may_be_short_clips_as_a_whole) {
    EXPECT_THAT(near_duplicates({sound(1), part(sound(1), 30, shortest_window_items)}), SizeIs(1));
    EXPECT_THAT(near_duplicates({sound(1), part(sound(1), 30, shortest_window_items - 1)}), IsEmpty());
}

TEST(NearDuplicates, are_not_found_by_a_number_that_every_clip_has) {
    std::vector<Fingerprint> clips;
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        clips.push_back(sound(seed));
        for (std::size_t i = 0; i < 220; i += 4) clips.back()[i] = 627964279;  // silence
    }
    EXPECT_THAT(near_duplicates(clips), IsEmpty());
}

TEST(NearDuplicates, of_many_clips_are_each_found_once) {
    std::vector<Fingerprint> clips;
    for (std::uint32_t seed = 0; seed < 400; ++seed) clips.push_back(disturbed(sound(seed / 2), seed % 2 == 0 ? 0 : 2));
    const auto found = near_duplicates(clips);
    ASSERT_THAT(found, SizeIs(200));
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].first, 2 * i);
        EXPECT_EQ(found[i].second, 2 * i + 1);
    }
}

TEST(NearDuplicates, are_none_when_the_search_is_ended) {
    EXPECT_THAT(near_duplicates({sound(1), sound(1)}, [] { return false; }), IsEmpty());
}

}  // namespace
}  // namespace earmark
