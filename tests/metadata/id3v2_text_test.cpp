#include "metadata/id3v2_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace earmark::metadata {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Id3Text, has_values_between_zeros) {
    EXPECT_THAT(id3_texts("\0A\0B\0"s, 1, false), ElementsAre("A", "B"));
    EXPECT_THAT(id3_texts("\1\xFF\xFE"
                          "A\0\0\0\xFF\xFE"
                          "B\0"s,
                          1, false),
                ElementsAre("A", "B"));
    EXPECT_THAT(id3_texts("\3MOOD\0A\0B"s, 1, true), ElementsAre("A", "B"));
    EXPECT_THAT(id3_texts("\3 \0"s, 1, false), IsEmpty());
    EXPECT_THAT(id3_texts("", 1, false), IsEmpty());
    EXPECT_EQ(id3_description("\1\xFF\xFE"
                              "A\0\0\0B"s,
                              1),
              "A");
    EXPECT_EQ(id3_description("\3", 1), "");
}

TEST(Id3Text, has_genres_by_number_and_by_name) {
    EXPECT_THAT(id3_genres({"(17)"}), ElementsAre("Rock"));
    EXPECT_THAT(id3_genres({"(17)Rock"}), ElementsAre("Rock"));
    EXPECT_THAT(id3_genres({"(4)(17)Eurodisco"}), ElementsAre("Disco", "Rock", "Eurodisco"));
    EXPECT_THAT(id3_genres({"17", "Own"}), ElementsAre("Rock", "Own"));
    EXPECT_THAT(id3_genres({"((live)"}), ElementsAre("(live)"));
    EXPECT_THAT(id3_genres({"(RX)", "(live)", "999", "("}), ElementsAre("Remix", "(live)", "999", "("));
}

TEST(Id3Text, is_written_as_its_version_wants_it) {
    EXPECT_EQ(id3_text_body(4, "", std::nullopt, {"A", "B"}), "\0A\0B"s);
    EXPECT_EQ(id3_text_body(4, "", std::nullopt, {"ü"}), "\3ü"s);
    EXPECT_EQ(id3_text_body(3, "", std::nullopt, {"A", "B"}), "\0A; B"s);
    EXPECT_EQ(id3_text_body(3, "", std::nullopt, {"ü"}), "\1\xFF\xFE\xFC\0"s);
    EXPECT_EQ(id3_text_body(3, "", "MOOD", {"ü"}), "\1\xFF\xFEM\0O\0O\0D\0\0\0\xFF\xFE\xFC\0"s);
    EXPECT_EQ(id3_text_body(4, "eng", "", {"c"}), "\0eng\0c"s);
}

}  // namespace
}  // namespace earmark::metadata
