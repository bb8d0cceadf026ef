// Which tracks fit a search, and how well.
#include "search/evaluate_query.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<QueryTag> tags{
    {"Jazz", TagCategory::genre}, {"Calm", TagCategory::mood}, {"Vocal", TagCategory::voice}};

// Four tracks. Tags are present from 0.5 on.
class Columns : public TrackColumns {
public:
    std::size_t track_count() const override { return 4; }
    TagColumn tag(std::size_t index) override {
        static const std::vector<std::vector<float>> columns{
            {0.9F, 0.6F, 0.5F, 0.1F}, {0.8F, 0.9F, 0.2F, 0.7F}, {0.1F, 0.4F, 0.3F, 0.9F}};
        std::vector<bool> present;
        for (const float probability : columns[index]) present.push_back(probability >= 0.5F);
        return {columns[index], present};
    }
    std::vector<bool> has_words(Query::Kind field, const std::string& text) override {
        const bool is_known = text == "davis" && (field == Query::Kind::text || field == Query::Kind::artist);
        return {is_known, false, false, is_known};
    }
    std::vector<bool> has_status(const std::string& status) override {
        return {status == "known", status == "known", status == "unsure", status == "not_music"};
    }
    std::vector<bool> has_in_path(const std::string& text) override {
        std::vector<bool> has;
        for (const char* path : {"/a/1.mp3", "/a/2.mp3", "/b/3.ogg", "/b/4.ogg"}) has.push_back(path_has(path, text));
        return has;
    }
    std::vector<double> years() override { return {1959.0, 1970.0, std::nan(""), 1959.0}; }
    std::vector<double> durations_s() override { return {100.0, 200.0, 300.0, std::nan("")}; }
};

std::vector<std::size_t> found(const std::string& text) {
    Columns columns;
    std::vector<std::size_t> tracks;
    for (const FoundTrack& track : evaluate(parse_query(text, tags), columns)) tracks.push_back(track.track);
    return tracks;
}

std::vector<double> scores(const std::string& text) {
    Columns columns;
    std::vector<double> all;
    for (const FoundTrack& track : evaluate(parse_query(text, tags), columns))
        all.push_back(std::round(track.score * 1e4) / 1e4);
    return all;
}

TEST(EvaluateQuery, takes_a_status_as_certain) {
    EXPECT_THAT(found("status:known"), ElementsAre(0, 1));
    EXPECT_THAT(found("jazz and not status:known"), ElementsAre(2));
    EXPECT_THAT(scores("status:not_music"), ElementsAre(1.0));
}

TEST(EvaluateQuery, sorts_by_the_product_of_probabilities) {
    EXPECT_THAT(found("jazz"), ElementsAre(0, 1, 2));
    EXPECT_THAT(scores("jazz"), ElementsAre(0.9, 0.6, 0.5));
    EXPECT_THAT(found("jazz and calm"), ElementsAre(0, 1));
    EXPECT_THAT(scores("jazz and calm"), ElementsAre(0.72, 0.54));
    EXPECT_THAT(scores("jazz and calm and not vocal"), ElementsAre(0.648, 0.324));
}

TEST(EvaluateQuery, joins_alternatives) {
    EXPECT_THAT(found("calm or vocal"), ElementsAre(3, 1, 0));
    EXPECT_THAT(scores("calm or vocal"), ElementsAre(0.97, 0.94, 0.82));
}

TEST(EvaluateQuery, has_the_opposite_of_a_bracket) {
    EXPECT_THAT(found("not (jazz or vocal)"), IsEmpty());
    EXPECT_THAT(found("not (jazz and calm)"), ElementsAre(3, 2));
    EXPECT_THAT(scores("not not jazz"), ElementsAre(0.9, 0.6, 0.5));
}

TEST(EvaluateQuery, compares_probabilities_as_they_are_stored) {
    EXPECT_THAT(found("jazz>0.6"), ElementsAre(0));
    EXPECT_THAT(found("jazz>=0.6"), ElementsAre(0, 1));
    EXPECT_THAT(found("jazz<0.6"), ElementsAre(3, 2));
    EXPECT_THAT(scores("jazz<0.6"), ElementsAre(0.9, 0.5));
    EXPECT_THAT(found("jazz=0.1"), ElementsAre(3));
}

TEST(EvaluateQuery, finds_words_paths_and_numbers) {
    EXPECT_THAT(found("davis"), ElementsAre(0, 3));
    EXPECT_THAT(found("artist:davis and jazz"), ElementsAre(0));
    EXPECT_THAT(found("title:davis"), IsEmpty());
    EXPECT_THAT(found("path:/A/"), ElementsAre(0, 1));
    EXPECT_THAT(found("year:1959"), ElementsAre(0, 3));
    EXPECT_THAT(found("not year:1959"), ElementsAre(1, 2));
    EXPECT_THAT(found("duration>2:00"), ElementsAre(1, 2));
    EXPECT_THAT(scores("year:1959 and jazz"), ElementsAre(0.9));
}

TEST(PathHas, takes_stars_and_question_marks) {
    EXPECT_TRUE(path_has("/music/A/b.mp3", "a/b"));
    EXPECT_TRUE(path_has("/music/A/b.mp3", "/music/*.mp3"));
    EXPECT_TRUE(path_has("/music/A/b.mp3", "?/b.m"));
    EXPECT_TRUE(path_has("/music/A/b.mp3", ""));
    EXPECT_FALSE(path_has("/music/A/b.mp3", "b*A"));
    EXPECT_FALSE(path_has("/music/A/b.mp3", "b.mp3?"));
    EXPECT_FALSE(path_has("", "?"));
    EXPECT_TRUE(path_has("", "*"));
    // In a moment, not in exponential time.
    std::string stars;
    for (int i = 0; i < 50; ++i) stars += "a*";
    EXPECT_FALSE(path_has(std::string(5000, 'a'), stars + "b"));
}

}  // namespace
}  // namespace earmark
