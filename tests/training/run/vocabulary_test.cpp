#include "training/run/vocabulary.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Vocabulary : public testing::Test {
protected:
    std::vector<Tag> read(const std::string& text) const { return read_vocabulary(files_.write("v.tsv", text)); }

    std::string error(const std::string& text) const {
        return error_of(ErrorCode::invalid_dataset, [&] { read(text); });
    }

    std::string file() const { return (files_.path() / "v.tsv").string(); }

    TemporaryFolder files_;
};

TEST_F(Vocabulary, has_its_columns_in_any_order_and_may_have_others) {
    const std::vector<Tag> tags = read(
        "parent\tnote\ttag\tsource\tmeaning\n\t1\tgenre---Rock\ttrue labels\tRock: \"guitars\"\n"
        "Rock\t2\tgenre---Punk\tone teacher\tFast, short songs\n");
    ASSERT_EQ(tags.size(), 2U);
    EXPECT_EQ(tags[0].meaning, "Rock: \"guitars\"");
    EXPECT_EQ(tags[0].parent, "");
    EXPECT_EQ(tags[1].label, "genre---Punk");
    EXPECT_EQ(tags[1].category, TagCategory::genre);
    EXPECT_EQ(tags[1].parent, "Rock");
    EXPECT_EQ(tags[1].source, "one teacher");
}

TEST_F(Vocabulary, needs_only_the_column_of_tags) {
    const std::vector<Tag> tags = read("tag\nmood---Calm\n");
    EXPECT_EQ(labels_of(tags), std::vector<std::string>{"mood---Calm"});
    EXPECT_EQ(tags[0].meaning, "");
    EXPECT_THAT(error("name\tmeaning\nmood---Calm\tQuiet\n"), testing::AllOf(StartsWith(file()), HasSubstr("tag")));
}

TEST_F(Vocabulary, may_have_scores) {
    const std::vector<Tag> tags = read("tag\troc_auc\tlow\thigh\nmood---Calm\t0.8\t0.75\t0.9\nmood---Sad\t\t\t\n");
    EXPECT_EQ(tags[0].score, (TagScore{0.8, 0.75, 0.9}));
    EXPECT_EQ(tags[1].score, std::nullopt);
    EXPECT_EQ(error("tag\troc_auc\nmood---Calm\t0.8\n"),
              file() + ":2: expected the columns roc_auc, low and high for a score");
    for (const char* wrong : {"1.1", "-0.1", "nan", "0.8x", ""}) {
        EXPECT_EQ(error("tag\troc_auc\tlow\thigh\nmood---Calm\t" + std::string(wrong) + "\t0.7\t0.9\n"),
                  file() + ":2: '" + wrong + "': expected a score from 0 to 1");
    }
    EXPECT_EQ(error("tag\troc_auc\tlow\thigh\nmood---Calm\t0.6\t0.7\t0.9\n"),
              file() + ":2: expected low <= roc_auc <= high");
}

TEST_F(Vocabulary, refuses_tags_at_which_players_would_split_lists) {
    for (const char letter : {'/', ';', ',', '|'}) {
        const std::string name = std::string("Hip") + letter + "hop";
        EXPECT_THAT(error("tag\tmeaning\ngenre---Rock\t\ngenre---" + name + "\t\n"),
                    StartsWith(file() + ":3: '" + name + "': expected a name without"));
    }
}

TEST_F(Vocabulary, refuses_a_tag_twice_an_unknown_parent_and_tags_that_are_their_own_ancestors) {
    EXPECT_EQ(error("tag\nvoice---Male voice\nvoice---male-voice\n"),
              file() + ":3: 'male-voice' is the same word as the tag on line 2");
    EXPECT_EQ(error("tag\tparent\ngenre---Punk\tRock\ninstrument---Rock\t\n"),
              file() + ":2: 'Rock': expected the name of a tag of the category genre");
    EXPECT_EQ(error("tag\tparent\ngenre---A\tA\n"), file() + ":2: 'A' is its own parent");
    EXPECT_EQ(error("tag\tparent\ngenre---A\tB\ngenre---B\tC\ngenre---C\tB\n"),
              file() + ":2: 'A' has no ancestor without a parent");
    EXPECT_EQ(error("tag\tparent\n"), file() + ": has no tags");
    EXPECT_THAT(error("tag\n \n"), StartsWith(file()));
}

TEST_F(Vocabulary, gives_a_model_its_tags_with_the_parents_that_are_among_them) {
    const std::vector<Tag> all = read("tag\tparent\ngenre---Music\t\ngenre---Rock\tMusic\ngenre---Punk\tRock\n");
    const std::vector<Tag> chosen = tags_of({"genre---Punk", "genre---Music"}, all, "v.tsv");
    ASSERT_EQ(chosen.size(), 2U);
    EXPECT_EQ(chosen[0].name, "Punk");
    EXPECT_EQ(chosen[0].parent, "Music");
    EXPECT_EQ(tags_of({"genre---Punk"}, all, "v.tsv")[0].parent, "");
    EXPECT_EQ(error_of(ErrorCode::invalid_dataset, [&] { tags_of({"genre---Ska"}, all, "v.tsv"); }),
              "v.tsv: expected the tag 'genre---Ska', which the model is to have, found none");
}

}  // namespace
}  // namespace earmark
