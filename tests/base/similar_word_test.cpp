#include "base/similar_word.h"

#include <gtest/gtest.h>

namespace earmark {
namespace {

const std::vector<std::string> commands{"tag", "teach", "train", "analyze", "evaluate", "dataset", "model"};

TEST(SimilarWord, has_a_letter_missing_added_wrong_or_swapped) {
    for (const char* slip : {"evalute", "evaluatee", "evaluaze", "evlauate", "Evaluate", "EVALUATE"})
        EXPECT_EQ(similar_word(slip, commands), "evaluate") << slip;
    EXPECT_EQ(similar_word("tga", commands), "tag");
    EXPECT_EQ(similar_word("analyse", commands), "analyze");
}

TEST(SimilarWord, is_the_nearest_of_several) {
    EXPECT_EQ(similar_word("trani", commands), "train");
    EXPECT_EQ(similar_word("Rokc", {"Rap", "Rock", "Folk"}), "Rock");
}

TEST(SimilarWord, is_none_where_too_much_differs) {
    for (const char* other : {"", "x", "frobnicate", "song.mp3", "tool", "tag"})
        EXPECT_EQ(similar_word(other, commands), "") << other;
    EXPECT_EQ(similar_word(std::string(100'000, 'a'), commands), "");
    EXPECT_EQ(similar_word("tag", {}), "");
}

TEST(SimilarWord, of_three_letters_has_no_wrong_one) {
    EXPECT_EQ(similar_word("gpu", {"auto", "cpu", "cuda"}), "");
    EXPECT_EQ(similar_word("cup", {"auto", "cpu", "cuda"}), "cpu");
    EXPECT_EQ(similar_word("cp", {"auto", "cpu", "cuda"}), "cpu");
}

TEST(SimilarWord, is_proposed_at_the_end_of_a_message) {
    EXPECT_EQ(did_you_mean("tga", commands), "; did you mean 'tag'?");
    EXPECT_EQ(did_you_mean("frobnicate", commands), "");
}

}  // namespace
}  // namespace earmark
