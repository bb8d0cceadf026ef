#include "training/study/study_answers.h"

#include <gmock/gmock.h>

namespace earmark {
namespace {

using testing::ElementsAre;
using Kind = ConfigurationKind;

StudiedConfiguration configuration(const ConfigurationId& id, std::optional<double> valid_roc_auc) {
    return {.id = id, .feature_count = 1, .probabilities = {}, .valid_roc_auc = valid_roc_auc};
}

StudyScores scores_of_scales(double of_18, double of_54, std::optional<double> of_108) {
    StudyScores scores;
    scores.configurations = {
        configuration(local_model_id({18}), 0.60),    configuration(local_model_id({54}), 0.61),
        configuration(all_levels_id({18}), of_18),    configuration(last_level_id({54}), 0.99),
        configuration(all_levels_id({54}), of_54),    configuration(all_levels_id({108}), of_108),
        configuration(all_levels_id({18, 54}), 0.98), configuration(last_level_id(), 0.97),
        configuration(all_levels_id(), 0.96),         configuration(external_id("all levels, 9 frames"), 0.999)};
    return scores;
}

StudyComparison against(const ConfigurationId& id, double difference, double low, double high) {
    return {whole_method_id, id, difference, Interval{low, high}, 0.5};
}

StudyMetrics all_comparisons() {
    return {{},
            {against(last_level_id(), 0.004, -0.006, 0.013), against(all_levels_id({18}), 0.02, 0.01, 0.03),
             against(all_levels_id({54}), -0.02, -0.03, -0.01), against(all_levels_id({108}), 0.05, 0.04, 0.06)}};
}

std::vector<std::string> sentences(const StudyScores& scores, const StudyMetrics& metrics,
                                   OutputKind output = OutputKind::sigmoid) {
    std::vector<std::string> list;
    for (const StudyAnswer& answer : study_answers(scores, metrics)) list.push_back(sentence(answer, output));
    return list;
}

TEST(StudyAnswers, have_difference_interval_and_verdict) {
    EXPECT_THAT(
        sentences(scores_of_scales(0.7, 0.6, 0.5), all_comparisons()),
        ElementsAre("Using all levels is not significantly better than using the last level alone (all scales): "
                    "ROC-AUC +0.0040 (95 % interval -0.0060 to +0.0130)",
                    "Using all scales is significantly better than using the single scale that was best by "
                    "validation (18 frames, all levels): ROC-AUC +0.0200 (95 % interval +0.0100 to +0.0300)"));
}

TEST(StudyAnswers, show_on_which_side_of_zero_a_small_bound_is) {
    const StudyMetrics metrics{{}, {against(last_level_id(), 0.004, 0.0002, 0.013)}};
    EXPECT_THAT(sentences(scores_of_scales(0.7, 0.6, 0.5), metrics)[0],
                testing::AllOf(testing::HasSubstr(" is significantly better "),
                               testing::EndsWith("(95 % interval +0.0002 to +0.0130)")));
}

TEST(StudyAnswers, take_the_single_scale_that_was_best_by_validation_whatever_its_test_score) {
    EXPECT_EQ(best_single_scale(scores_of_scales(0.7, 0.8, 0.5), Kind::all_levels)->id, all_levels_id({54}));
    EXPECT_EQ(best_single_scale(scores_of_scales(0.7, 0.8, 0.9), Kind::all_levels)->id, all_levels_id({108}));
    EXPECT_EQ(best_single_scale(scores_of_scales(0.7, 0.8, std::nullopt), Kind::all_levels)->id, all_levels_id({54}));
    EXPECT_THAT(sentences(scores_of_scales(0.7, 0.8, 0.5), all_comparisons())[1],
                testing::AllOf(testing::HasSubstr(" is significantly worse "),
                               testing::EndsWith("(54 frames, all levels): ROC-AUC -0.0200 (95 % interval -0.0300 to "
                                                 "-0.0100)")));
}

TEST(StudyAnswers, are_only_those_that_the_study_can_give) {
    StudyScores one_scale;
    one_scale.configurations = {configuration(all_levels_id({18}), 0.7), configuration(last_level_id(), 0.7),
                                configuration(all_levels_id(), 0.7)};
    EXPECT_EQ(sentences(one_scale, all_comparisons()).size(), 1U);
    EXPECT_THAT(sentences(one_scale, {}), testing::IsEmpty());
    EXPECT_EQ(best_single_scale(one_scale, Kind::local_model), nullptr);
}

TEST(StudyAnswers, of_a_single_label_task_are_about_accuracy) {
    EXPECT_THAT(sentences(scores_of_scales(0.7, 0.6, 0.5), all_comparisons(), OutputKind::softmax)[0],
                testing::HasSubstr(": accuracy +0.0040 "));
}

TEST(StudyAnswers, without_an_interval_are_not_significant) {
    StudyComparison comparison = against(last_level_id(), 0.5, 0.4, 0.6);
    EXPECT_EQ(verdict(comparison), Verdict::better);
    comparison.interval.reset();
    EXPECT_EQ(verdict(comparison), Verdict::not_significant);
    comparison.interval = Interval{0.0, 0.6};
    EXPECT_EQ(verdict(comparison), Verdict::not_significant);
}

std::vector<std::optional<ConfigurationId>> compared_with_the_paper(const StudyScores& scores) {
    std::vector<std::optional<ConfigurationId>> ids;
    for (const PaperRow& row : paper_rows(scores)) ids.push_back(row.configuration);
    return ids;
}

TEST(PaperRows, have_the_configurations_that_correspond_to_them) {
    EXPECT_THAT(compared_with_the_paper(scores_of_scales(0.7, 0.8, 0.5)),
                ElementsAre(local_model_id({54}), all_levels_id({54}), whole_method_id, std::nullopt));
}

TEST(PaperRows, have_one_single_scale_also_where_another_local_model_is_better) {
    EXPECT_THAT(compared_with_the_paper(scores_of_scales(0.8, 0.7, 0.5)),
                ElementsAre(local_model_id({18}), all_levels_id({18}), whole_method_id, std::nullopt));
}

TEST(PaperRows, of_a_transfer_have_the_whole_method_in_the_row_of_the_papers_transfer) {
    StudyScores scores = scores_of_scales(0.7, 0.8, 0.5);
    scores.is_transferred = true;
    EXPECT_THAT(compared_with_the_paper(scores),
                ElementsAre(local_model_id({54}), all_levels_id({54}), std::nullopt, whole_method_id));
}

}  // namespace
}  // namespace earmark
