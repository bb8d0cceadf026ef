#include "metadata/pieces.h"

#include <gtest/gtest.h>

#include <string>

namespace earmark::metadata {
namespace {

TEST(Pieces, are_joined_where_they_follow_each_other) {
    Pieces pieces;
    pieces.copy(2, 3);
    pieces.copy(5, 1);
    pieces.literal("");
    pieces.copy(9, 0);
    pieces.literal("x");
    pieces.literal("y");
    ASSERT_EQ(pieces.all().size(), 2U);
    EXPECT_EQ(pieces.size(), 6U);
    EXPECT_EQ(pieces.bytes(MemorySource("0123456789")), "2345xy");
}

TEST(Pieces, lead_back_to_the_bytes_that_they_were_made_of) {
    const std::string text = "0123456789";
    const MemorySource source(text);
    Pieces pieces;
    pieces.literal("new");
    pieces.copy(6, 2);
    pieces.literal("between");
    pieces.copy(1, 3);
    const std::string edited = pieces.bytes(source);
    EXPECT_EQ(edited, "new67between123");
    const Pieces back = inverted(pieces, source);
    EXPECT_EQ(back.bytes(MemorySource(edited)), text);
    EXPECT_EQ(back.all().size(), 5U);
}

TEST(Pieces, that_are_not_in_the_source_are_an_error) {
    Pieces pieces;
    pieces.copy(1, 2);
    EXPECT_THROW(pieces.bytes(MemorySource("ab")), Damage);
}

TEST(ByteSource, gives_no_bytes_beyond_its_end) {
    const MemorySource source("abc");
    EXPECT_EQ(source.read(1, 2), "bc");
    EXPECT_EQ(source.read_at_most(2, 9), "c");
    EXPECT_EQ(source.read_at_most(9, 1), "");
    EXPECT_THROW(source.read(4, 0), Damage);
    EXPECT_THROW(source.read(1, ~std::uint64_t{0}), Damage);
}

}  // namespace
}  // namespace earmark::metadata
