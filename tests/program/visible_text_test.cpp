#include "apps/common/visible_text.h"

#include <gtest/gtest.h>

namespace earmark {
namespace {

TEST(VisibleText, keeps_letters_of_all_languages) {
    for (const char* text : {"", "song.mp3", "Veränderung", "音楽", "музыка 🎵", "a\\b", "“quoted” – dash"})
        EXPECT_EQ(visible(text), text);
}

TEST(VisibleText, escapes_what_controls_a_terminal) {
    EXPECT_EQ(visible("a\nb\tc\rd"), "a\\nb\\tc\\rd");
    EXPECT_EQ(visible("\x1b[2J\x7f"), "\\x1b[2J\\x7f");
    EXPECT_EQ(visible(std::string_view("\0", 1)), "\\x00");
    EXPECT_EQ(visible("\xC2\x9B"
                      "2J"),
              "\\u009b2J");  // the one-character form of ESC [
}

TEST(VisibleText, escapes_what_turns_the_direction_of_writing_or_ends_a_line) {
    EXPECT_EQ(visible("\u202E3pm.exe"), "\\u202e3pm.exe");
    EXPECT_EQ(visible("a\u2066b\u2069c\u200Fd\u2028e"), "a\\u2066b\\u2069c\\u200fd\\u2028e");
    EXPECT_EQ(visible("a\u2026b"), "a\u2026b");
}

TEST(VisibleText, replaces_bytes_that_are_not_utf8) {
    EXPECT_EQ(visible("caf\xE9.mp3"), "caf\uFFFD.mp3");
    EXPECT_EQ(as_utf8("\xE9\n"), "\uFFFD\n");
    EXPECT_FALSE(is_utf8("caf\xE9.mp3"));
    EXPECT_TRUE(is_utf8("café.mp3"));
}

TEST(VisibleText, gives_bytes_as_hexadecimal_digits) { EXPECT_EQ(hexadecimal("caf\xE9"), "636166e9"); }

}  // namespace
}  // namespace earmark
