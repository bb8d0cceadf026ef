#include "base/checksum.h"

#include <gtest/gtest.h>

#include <string_view>

namespace earmark {
namespace {

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

// By `xxhsum -H64` of xxHash 0.8.1 (Debian package xxhash): printf TEXT | xxhsum -H64
TEST(Checksum, is_what_xxhsum_prints) {
    EXPECT_EQ(checksum_text(checksum({})), "ef46db3751d8e999");
    EXPECT_EQ(checksum_text(checksum({bytes_of("abc")})), "44bc2cf5ad770999");
    EXPECT_EQ(checksum_text(checksum({bytes_of("Nobody inspects the spammish repetition")})), "fbcea83c8a378bf1");
}

TEST(Checksum, of_parts_is_that_of_the_whole) {
    const auto whole = bytes_of("Nobody inspects the spammish repetition");
    for (std::size_t cut = 0; cut <= whole.size(); ++cut)
        EXPECT_EQ(checksum({whole.first(cut), {}, whole.subspan(cut)}), checksum({whole}));
}

TEST(Checksum, has_leading_zeros_in_its_text) { EXPECT_EQ(checksum_text(0xabcU), "0000000000000abc"); }

}  // namespace
}  // namespace earmark
