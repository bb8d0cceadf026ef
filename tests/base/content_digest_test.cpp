#include "base/content_digest.h"

#include <gtest/gtest.h>

#include <string_view>

namespace earmark {
namespace {

std::string digest_of(std::initializer_list<std::string_view> portions) {
    ContentDigest digest;
    for (const std::string_view portion : portions) digest.add(std::as_bytes(std::span(portion)));
    return digest.text();
}

// By `xxhsum -H128` of xxHash 0.8.1 (Debian package xxhash): printf TEXT | xxhsum -H128
TEST(ContentDigest, is_what_xxhsum_prints) {
    EXPECT_EQ(digest_of({}), "99aa06d3014798d86001c324468d497f");
    EXPECT_EQ(digest_of({"abc"}), "06b05ab6733a618578af5f94892f3950");
}

TEST(ContentDigest, does_not_depend_on_the_portions) {
    const std::string text(1000, 'x');
    const std::string_view whole = text;
    for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{239}, std::size_t{256}, whole.size()})
        EXPECT_EQ(digest_of({whole.substr(0, cut), "", whole.substr(cut)}), digest_of({whole})) << cut;
    EXPECT_NE(digest_of({whole.substr(1)}), digest_of({whole}));
}

}  // namespace
}  // namespace earmark
