#include "datasets/text/unicode.h"

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"

namespace earmark::test {
namespace {

// From tables and examples of Unicode Standard Annex 15.
TEST(Nfc, is_one_spelling_of_accents) {
    EXPECT_EQ(nfc("cafe\u0301"), "caf\u00E9");
    EXPECT_EQ(nfc("caf\u00E9"), "caf\u00E9");
    EXPECT_EQ(nfc("\u212B"), "\u00C5") << "the angstrom sign";
    EXPECT_EQ(nfc("s\u0307\u0323"), "\u1E69") << "marks in another order";
    EXPECT_EQ(nfc("\u1E9B\u0323"), "\u1E9B\u0323");
    EXPECT_EQ(nfc("\u1112\u1161\u11AB"), "\uD55C") << "Hangul";
    EXPECT_EQ(nfc("\uFB01"), "\uFB01") << "a ligature is not what a change of accents may undo";
}

TEST(Nfc, leaves_plain_text_and_what_is_not_utf8) {
    EXPECT_EQ(nfc(""), "");
    EXPECT_EQ(nfc("rock"), "rock");
    EXPECT_EQ(nfc("cafe\u0301 \xE9"), "cafe\u0301 \xE9");
    EXPECT_EQ(nfc(std::string_view("e\u0301\0e\u0301", 7)), std::string_view("\u00E9\0\u00E9", 5));
}

TEST(WithoutCase, is_one_spelling_of_upper_and_lower_case) {
    EXPECT_EQ(without_case("Study"), without_case("sTUDY"));
    EXPECT_EQ(without_case("\u00C9t\u00E9"), without_case("e\u0301T\u00C9"));
    EXPECT_EQ(without_case("Stra\u00DFe"), without_case("STRASSE"));
    EXPECT_NE(without_case("study"), without_case("studies"));
    EXPECT_EQ(without_case("\xFF"), "\xFF") << "what is not UTF-8 stays as it is";
}

TEST(ValidUtf8, is_neither_latin_1_nor_cut_nor_surrogates) {
    EXPECT_TRUE(is_valid_utf8(""));
    EXPECT_TRUE(is_valid_utf8("Bj\u00F6rk \u771F\U0001F3B5"));
    for (const char* text : {"caf\xE9", "\xC3", "\xED\xA0\x80", "\xC0\xAF", "\xF5\x80\x80\x80"})
        EXPECT_FALSE(is_valid_utf8(text));
}

TEST(ExistingSpelling, is_that_of_the_disk_for_each_folder) {
    const TemporaryFolder folder;
    const auto file = folder.write("Bjo\u0308rk/caf\u00E9.mp3", "x");
    EXPECT_EQ(existing_spelling(folder.path() / "Bj\u00F6rk/cafe\u0301.mp3"), file);
    EXPECT_EQ(existing_spelling(file), file);
    EXPECT_EQ(existing_spelling(folder.path() / "Bj\u00F6rk/the\u0301.mp3"), folder.path() / "Bj\u00F6rk/the\u0301.mp3")
        << "no spelling exists";
}

TEST(ExistingSpelling, is_the_path_itself_where_both_exist) {
    const TemporaryFolder folder;
    for (const char* name : {"caf\u00E9.mp3", "cafe\u0301.mp3"}) {
        const auto file = folder.write(name, name);
        EXPECT_EQ(existing_spelling(file), file);
    }
}

}  // namespace
}  // namespace earmark::test
