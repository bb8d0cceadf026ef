#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace earmark {
namespace {

// Table 3-7 of the Unicode standard: the first and the last of each row.
TEST(Utf8, is_every_well_formed_character) {
    const std::vector<std::string> characters{"",
                                              "a",
                                              std::string(1, '\0'),
                                              "\x7F",
                                              "\xC2\x80",
                                              "\xDF\xBF",
                                              "\xE0\xA0\x80",
                                              "\xED\x9F\xBF",
                                              "\xEE\x80\x80",
                                              "\xEF\xBF\xBF",
                                              "\xF0\x90\x80\x80",
                                              "\xF4\x8F\xBF\xBF",
                                              "caf\xC3\xA9.mp3"};
    for (const std::string& text : characters) EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(Utf8, is_no_ill_formed_one) {
    const std::vector<std::string> texts{"\x80",
                                         "\xC0\x80",
                                         "\xC1\xBF",
                                         "\xC3",
                                         "\xE0\x9F\xBF",
                                         "\xED\xA0\x80",
                                         "\xE2\x82",
                                         "\xF0\x8F\xBF\xBF",
                                         "\xF5\x80\x80",
                                         "\xF4\x90\x80\x80",
                                         "\xF0\x9F\x8E",
                                         "caf\xE9.mp3",
                                         "\xFF",
                                         "\xFE",
                                         "\xE2\x28\xA1",
                                         "a\xC3(",
                                         "\xC3\xA9\x80",
                                         "\xED\xBF\xBF",
                                         "\xF8\x88\x80\x80"};
    for (const std::string& text : texts) EXPECT_FALSE(is_utf8(text)) << text;
}

}  // namespace
}  // namespace earmark
