// The search language: what is read as what, and what is wrong where.
#include "search/query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earmark/error.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<QueryTag>& tags() {
    static const std::vector<QueryTag> all{{"Jazz", TagCategory::genre},
                                           {"Rock", TagCategory::genre},
                                           {"Drum and bass", TagCategory::genre},
                                           {"Hip hop", TagCategory::genre},
                                           {"R&B", TagCategory::genre},
                                           {"Calm", TagCategory::mood},
                                           {"Vocal", TagCategory::voice},
                                           {"Female voice", TagCategory::voice},
                                           {"Piano", TagCategory::instrument},
                                           {"Electric piano", TagCategory::instrument},
                                           {"60s", TagCategory::era},
                                           {"Not music", TagCategory::other},
                                           {"Rock (hard)", TagCategory::genre},
                                           {"Dark", TagCategory::mood},
                                           {"Dark", TagCategory::genre}};
    return all;
}

std::string canonical(const std::string& text) { return to_string(parse_query(text, tags()), tags()); }

std::string error_of(const std::string& text) {
    try {
        parse_query(text, tags());
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        return error.what();
    }
    return "no error";
}

TEST(ParseQuery, joins_with_and_or_and_not) {
    EXPECT_EQ(canonical("genre:jazz and calm and not vocal"),
              "genre:\"Jazz\" and mood:\"Calm\" and not voice:\"Vocal\"");
    EXPECT_EQ(canonical("jazz or rock and calm"), "genre:\"Jazz\" or genre:\"Rock\" and mood:\"Calm\"");
    EXPECT_EQ(canonical("(jazz or rock) and calm"), "(genre:\"Jazz\" or genre:\"Rock\") and mood:\"Calm\"");
    EXPECT_EQ(canonical("not (jazz or rock)"), "not (genre:\"Jazz\" or genre:\"Rock\")");
    EXPECT_EQ(canonical("NOT jazz AND Not ROCK"), "not genre:\"Jazz\" and not genre:\"Rock\"");
}

TEST(ParseQuery, needs_no_and_and_takes_a_dash_for_not) {
    EXPECT_EQ(canonical("jazz calm -vocal"), canonical("jazz and calm and not vocal"));
    EXPECT_EQ(canonical("jazz -(calm or rock)"), canonical("jazz and not (calm or rock)"));
}

TEST(ParseQuery, reads_a_comma_as_an_and_that_comes_last) {
    EXPECT_EQ(canonical("jazz or rock, not vocal, calm"), canonical("(jazz or rock) and not vocal and calm"));
}

TEST(ParseQuery, makes_one_list_of_lists_in_brackets) {
    EXPECT_EQ(parse_query("jazz and (rock and (calm and vocal))", tags()).parts.size(), 4U);
    EXPECT_EQ(parse_query("jazz or (rock or calm)", tags()).parts.size(), 3U);
}

TEST(ParseQuery, knows_tags_of_several_words_and_takes_the_longest) {
    EXPECT_EQ(canonical("drum and bass and calm"), "genre:\"Drum and bass\" and mood:\"Calm\"");
    EXPECT_EQ(canonical("genre:hip-hop"), "genre:\"Hip hop\"");
    EXPECT_EQ(canonical("HIP_HOP female voice"), "genre:\"Hip hop\" and voice:\"Female voice\"");
    EXPECT_EQ(canonical("electric piano or piano"), "instrument:\"Electric piano\" or instrument:\"Piano\"");
    EXPECT_EQ(canonical("r&b 60s"), "genre:\"R&B\" and era:\"60s\"");
    EXPECT_EQ(canonical("\"rock (hard)\""), "genre:\"Rock (hard)\"");
    EXPECT_EQ(canonical("\"Not music\""), "other:\"Not music\"");
}

TEST(ParseQuery, distinguishes_tags_of_one_name_by_their_category) {
    EXPECT_EQ(canonical("dark"), "mood:\"Dark\"");
    EXPECT_EQ(canonical("genre:dark"), "genre:\"Dark\"");
    EXPECT_EQ(canonical("tag:dark"), "mood:\"Dark\"");
}

TEST(ParseQuery, compares_probabilities) {
    const Query query = parse_query("piano>0.6", tags());
    EXPECT_EQ(query.kind, Query::Kind::probability);
    EXPECT_FALSE(query.range.contains(0.6));
    EXPECT_TRUE(query.range.contains(0.61));
    EXPECT_EQ(canonical("genre:drum and bass >= 0.25"), "genre:\"Drum and bass\">=0.25");
    EXPECT_EQ(canonical("vocal < .1 rock<=1 calm=0"), "voice:\"Vocal\"<0.1 and genre:\"Rock\"<=1 and mood:\"Calm\"=0");
}

TEST(ParseQuery, takes_words_that_are_no_tags_for_text) {
    EXPECT_EQ(canonical("kind blue"), "text:\"kind\" and text:\"blue\"");
    EXPECT_EQ(canonical("\"kind of blue\" jazz"), "text:\"kind of blue\" and genre:\"Jazz\"");
    EXPECT_EQ(canonical("text:jazz"), "text:\"jazz\"");
    EXPECT_THAT(free_words(parse_query("kind blue artist:davis or not so", tags())), ElementsAre("kind", "blue", "so"));
}

TEST(ParseQuery, knows_which_tags_are_wanted) {
    const Query query = parse_query("jazz (calm or blue) not rock text:jazz piano>0.5", tags());
    std::vector<std::string> wanted;
    for (const std::size_t tag : wanted_tags(query)) wanted.push_back(tags()[tag].name);
    EXPECT_THAT(wanted, ElementsAre("Jazz", "Calm"));
}

TEST(ParseQuery, knows_fields) {
    EXPECT_EQ(canonical("artist:Davis ALBUM:\"Kind of Blue\" title:\"So \\\"What\\\"\" path:/music/*.flac"),
              "artist:\"Davis\" and album:\"Kind of Blue\" and title:\"So \\\"What\\\"\" and path:\"/music/*.flac\"");
    EXPECT_EQ(canonical("artist: Davis"), "artist:\"Davis\"");
}

TEST(ParseQuery, knows_years_and_durations) {
    EXPECT_EQ(canonical("year:1959"), "year:1959..1959");
    EXPECT_EQ(canonical("year:1950..1959 or year:..1949 or year:1990.. or year<1900"),
              "year:1950..1959 or year<=1949 or year>=1990 or year<1900");
    EXPECT_EQ(canonical("duration>5:00 duration<=1.5h duration:2:30..1:00:00 duration<90"),
              "duration>300 and duration<=5400 and duration:150..3600 and duration<90");
    EXPECT_EQ(canonical("year:>=1959"), "year>=1959");
}

TEST(ParseQuery, knows_statuses) {
    EXPECT_EQ(canonical("status:not_music"), "status:\"not_music\"");
    EXPECT_EQ(canonical("STATUS:Not-Music or not status:\"too short\""),
              "status:\"not_music\" or not status:\"too_short\"");
    EXPECT_TRUE(names_status(parse_query("jazz or (calm -status:known)", tags())));
    EXPECT_FALSE(names_status(parse_query("jazz or text:status", tags())));
    EXPECT_EQ(error_of("status:unsur"),
              "search 'status:unsur': at character 8, 'unsur': expected one of known, unsure, not_music, ok, silent, "
              "too_short, channels_cancel; did you mean 'unsure'?");
    EXPECT_THAT(error_of("status:"), HasSubstr("at the end: expected one of known, "));
}

TEST(ParseQuery, reports_what_is_wrong_and_where) {
    EXPECT_EQ(error_of("jazz and and calm"),
              "search 'jazz and and calm': at character 10, 'and calm': expected a tag, a field such as artist:NAME, "
              "or words");
    EXPECT_EQ(error_of("(jazz"), "search '(jazz': at the end: expected ')'");
    EXPECT_EQ(error_of("jazz) calm"), "search 'jazz) calm': at character 5, ') calm': this bracket was not opened");
    EXPECT_EQ(error_of("genre:jaz"),
              "search 'genre:jaz': at character 7, 'jaz': the model has no genre of this name; did you mean 'Jazz'?");
    EXPECT_EQ(error_of("genre:calm"),
              "search 'genre:calm': at character 7, 'calm': the model has no genre of this name");
    EXPECT_THAT(error_of("pian>0.5"),
                HasSubstr("at character 1, 'pian>0.5': the model has no tag of this name; did you mean 'Piano'?"));
    EXPECT_THAT(error_of("piano>1.5"), HasSubstr("at character 7, '1.5': expected a probability from 0 to 1"));
    EXPECT_THAT(error_of("piano>"), HasSubstr("at the end: expected a probability"));
    EXPECT_THAT(error_of("artits:davis"), HasSubstr("did you mean 'artist'?"));
    EXPECT_THAT(error_of("artist:"), HasSubstr("at the end: expected words"));
    EXPECT_THAT(error_of("year:abc"), HasSubstr("at character 6, 'abc': expected a year"));
    EXPECT_THAT(error_of("year:1999..1950"), HasSubstr("expected a year"));
    EXPECT_THAT(error_of("duration:x"), HasSubstr("expected a duration"));
    EXPECT_THAT(error_of("duration<1:99"), HasSubstr("expected a duration"));
    EXPECT_THAT(error_of("title:\"so what"), HasSubstr("at character 7, '\"so what': this quote does not end"));
    EXPECT_THAT(error_of(""), HasSubstr("at the end: expected a tag"));
    EXPECT_THAT(error_of("not"), HasSubstr("at the end: expected a tag"));
}

TEST(ParseQuery, counts_characters_as_a_reader_does) {
    EXPECT_THAT(error_of("title:\"\xc3\xa4\xc3\xb6\" and )"), HasSubstr("at character 16, ')'"));
}

TEST(ParseQuery, refuses_what_is_too_long_or_too_deep) {
    EXPECT_THAT(error_of(std::string(10'001, 'x')), HasSubstr("at most 10000 bytes"));
    EXPECT_EQ(error_of(std::string(99, '(') + "jazz" + std::string(99, ')')), "no error");
    EXPECT_THAT(error_of(std::string(5000, '(')), HasSubstr("at most 100 levels"));
    std::string negations;
    for (int i = 0; i < 2000; ++i) negations += "not ";
    EXPECT_THAT(error_of(negations + "jazz"), HasSubstr("at most 100 levels"));
}

}  // namespace
}  // namespace earmark
