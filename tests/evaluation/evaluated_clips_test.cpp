// Which clips are evaluated, and whether their tags are those of the model.
#include "evaluation/evaluated_clips.h"

#include <gmock/gmock.h>

#include "earmark/error.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Dataset dataset_with(const std::vector<std::string>& labels) {
    Dataset dataset;
    dataset.manifest = "manifest.tsv";
    dataset.clips.resize(1);
    dataset.clips.front().split = "test";
    dataset.clips.front().labels = labels;
    return dataset;
}

Model model_with(const std::vector<std::string>& labels) {
    Model model;
    model.name = "small";
    for (const std::string& label : labels) model.tags.push_back(tag_from_label(label));
    return model;
}

std::string error_of(const Model& model, const Dataset& dataset) {
    try {
        tags_named_otherwise(model, dataset);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_dataset);
        return error.what();
    }
    return "";
}

TEST(TagsNamedOtherwise, are_those_of_another_spelling_or_category) {
    EXPECT_THAT(tags_named_otherwise(model_with({"genre---Hip-Hop", "mood---Calm", "genre---Rock"}),
                                     dataset_with({"genre---Rock", "genre---hip hop", "genre---Calm"})),
                ElementsAre("'genre---Calm' counts as another tag than the model's 'mood---Calm'",
                            "'genre---hip hop' counts as another tag than the model's 'genre---Hip-Hop'"));
}

TEST(TagsNamedOtherwise, are_not_those_that_the_model_knows_as_another_tag) {
    EXPECT_THAT(tags_named_otherwise(model_with({"genre---Calm", "mood---Calm"}), dataset_with({"genre---Calm"})),
                IsEmpty());
}

TEST(TagsNamedOtherwise, are_reported_even_if_some_clips_have_the_right_name) {
    EXPECT_THAT(tags_named_otherwise(model_with({"genre---Rock"}), dataset_with({"genre---Rock", "genre---rock"})),
                ElementsAre("'genre---rock' counts as another tag than the model's 'genre---Rock'"));
}

TEST(TagsNamedOtherwise, may_be_of_another_category_where_some_clips_have_the_tag) {
    EXPECT_THAT(tags_named_otherwise(model_with({"mood---Calm"}), dataset_with({"genre---Calm", "mood---Calm"})),
                IsEmpty());
}

TEST(TagsNamedOtherwise, are_compared_with_the_tag_of_their_own_category_first) {
    EXPECT_THAT(tags_named_otherwise(model_with({"genre---Calm", "mood---Calm", "genre---Rock"}),
                                     dataset_with({"genre---Rock", "mood---calm"})),
                ElementsAre(HasSubstr("the model's 'mood---Calm'")));
}

TEST(TagsNamedOtherwise, are_shown_in_the_error_where_no_other_tag_is_shared) {
    EXPECT_EQ(error_of(model_with({"mood---Calm", "genre---Rock"}), dataset_with({"era---80s", "genre---rock"})),
              "manifest.tsv: expected tags of the model 'small' such as 'genre---Rock', found tags such as "
              "'genre---rock'");
    EXPECT_EQ(error_of(model_with({"mood---Calm"}), dataset_with({})),
              "manifest.tsv: expected tags of the model 'small' such as 'mood---Calm', found no tag");
}

TEST(KeepSplit, leaves_its_clips_or_for_all_every_one) {
    Dataset dataset = dataset_with({});
    dataset.clips.resize(3, dataset.clips.front());
    dataset.clips[1].split = "train";
    Dataset test = dataset;
    keep_split(test, "test");
    EXPECT_THAT(test.clips, SizeIs(2));
    keep_split(dataset, "all");
    EXPECT_THAT(dataset.clips, SizeIs(3));
    dataset.clips[0].split = "all";
    keep_split(dataset, "all");
    EXPECT_THAT(dataset.clips, SizeIs(1));
}

}  // namespace
}  // namespace earmark
