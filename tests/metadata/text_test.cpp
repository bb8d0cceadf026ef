#include "metadata/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace earmark::metadata {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

TEST(Text, of_every_encoding_becomes_utf8) {
    EXPECT_EQ(latin1_to_utf8("\xFC\xE9"), "üé");
    EXPECT_EQ(utf16_to_utf8("\xFF\xFE\xFC\0T\0"s, true), "üT");
    EXPECT_EQ(utf16_to_utf8("\xFE\xFF\0\xFC\0T"s, false), "üT");
    EXPECT_EQ(utf16_to_utf8("\0T"s, true), "T");
    EXPECT_EQ(utf16_to_utf8("\xD8\x3D\xDE\x00"s, true), "😀");
    EXPECT_EQ(utf16_to_utf8("\xD8\x3D"s, true), "\uFFFD");
    EXPECT_EQ(utf16_to_utf8("T\0x"s, false), "T");
}

TEST(Text, goes_to_utf16_and_back) {
    for (const std::string text : {"", "A", "ü", "ノ", "😀", "a😀b"})
        EXPECT_EQ(utf16_to_utf8(utf8_to_utf16(text), false), text);
    EXPECT_EQ(utf8_to_utf16("ü"), "\xFC\0"s);
}

TEST(Text, that_is_no_utf8_has_a_replacement_in_utf16) {
    for (const std::string text : {"\x80", "\xC3", "\xED\xA0\x80", "\xF8", "\xC0\x80", "\xF4\x90\x80\x80"})
        EXPECT_THAT(utf16_to_utf8(utf8_to_utf16(text), false), testing::HasSubstr("\uFFFD")) << text;
    EXPECT_EQ(utf16_to_utf8(utf8_to_utf16("\xC3("), false), "\uFFFD(");
}

TEST(Text, is_split_and_joined) {
    EXPECT_THAT(split("a; b;", "; "), ElementsAre("a", "b;"));
    EXPECT_THAT(split("", ";"), ElementsAre(""));
    EXPECT_EQ(joined({"a", "b"}, "; "), "a; b");
    EXPECT_EQ(trimmed("\t a b \0"s), "a b");
    EXPECT_TRUE(equal_without_case("Mood", "mOOD"));
    EXPECT_FALSE(equal_without_case("Mood", "Moo"));
}

}  // namespace
}  // namespace earmark::metadata
