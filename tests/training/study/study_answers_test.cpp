#include "training/study/study_answers.h"

#include <gmock/gmock.h>

namespace earmark {
namespace {

using testing::ElementsAre;

StudiedConfiguration configuration(const std::string& name, std::optional<double> valid_roc_auc) {
    return {.name = name, .feature_count = 1, .probabilities = {}, .valid_roc_auc = valid_roc_auc};
}

StudyScores scores_of_sizes(double of_18, double of_54, std::optional<double> of_108) {
    StudyScores scores;
    scores.configurations = {
        configuration("local model, 18 frames", 0.60),       configuration("local model, 54 frames", 0.61),
        configuration("all levels, 18 frames", of_18),       configuration("last level, 54 frames", 0.99),
        configuration("all levels, 54 frames", of_54),       configuration("all levels, 108 frames", of_108),
        configuration("all levels, 18 and 54 frames", 0.98), configuration("last level, all sizes", 0.97),
        configuration("all levels, all sizes", 0.96)};
    return scores;
}

StudyComparison against(const std::string& name, double difference, double low, double high) {
    return {"all levels, all sizes", name, difference, Interval{low, high}, 0.5};
}

StudyFigures all_comparisons() {
    return {
        {},
        {against("last level, all sizes", 0.004, -0.006, 0.013), against("all levels, 18 frames", 0.02, 0.01, 0.03),
         against("all levels, 54 frames", -0.02, -0.03, -0.01), against("all levels, 108 frames", 0.05, 0.04, 0.06)}};
}

std::vector<std::string> sentences(const StudyScores& scores, const StudyFigures& figures,
                                   OutputKind output = OutputKind::sigmoid) {
    std::vector<std::string> list;
    for (const StudyAnswer& answer : study_answers(scores, figures)) list.push_back(sentence(answer, output));
    return list;
}

TEST(StudyAnswers, say_difference_interval_and_verdict) {
    EXPECT_THAT(sentences(scores_of_sizes(0.7, 0.6, 0.5), all_comparisons()),
                ElementsAre("All levels against the last level, all sizes: ROC-AUC +0.0040 (95 % interval -0.0060 "
                            "to +0.0130): not decided",
                            "All sizes against the best single size by validation (18 frames), all levels: ROC-AUC "
                            "+0.0200 (95 % interval +0.0100 to +0.0300): yes"));
}

TEST(StudyAnswers, show_on_which_side_of_zero_a_small_bound_lies) {
    const StudyFigures figures{{}, {against("last level, all sizes", 0.004, 0.0002, 0.013)}};
    EXPECT_THAT(sentences(scores_of_sizes(0.7, 0.6, 0.5), figures)[0],
                testing::EndsWith("(95 % interval +0.0002 to +0.0130): yes"));
}

TEST(StudyAnswers, take_the_single_size_that_was_best_by_validation_whatever_the_test_part_says) {
    EXPECT_EQ(best_single_size(scores_of_sizes(0.7, 0.8, 0.5), "all levels")->name, "all levels, 54 frames");
    EXPECT_EQ(best_single_size(scores_of_sizes(0.7, 0.8, 0.9), "all levels")->name, "all levels, 108 frames");
    EXPECT_EQ(best_single_size(scores_of_sizes(0.7, 0.8, std::nullopt), "all levels")->name, "all levels, 54 frames");
    EXPECT_THAT(sentences(scores_of_sizes(0.7, 0.8, 0.5), all_comparisons())[1],
                testing::EndsWith("(54 frames), all levels: ROC-AUC -0.0200 (95 % interval -0.0300 to -0.0100): no, it "
                                  "is worse"));
}

TEST(StudyAnswers, are_only_those_that_the_study_can_give) {
    StudyScores one_size;
    one_size.configurations = {configuration("all levels, 18 frames", 0.7), configuration("last level, all sizes", 0.7),
                               configuration("all levels, all sizes", 0.7)};
    EXPECT_EQ(sentences(one_size, all_comparisons()).size(), 1U);
    EXPECT_THAT(sentences(one_size, {}), testing::IsEmpty());
    EXPECT_EQ(best_single_size(one_size, "local model"), nullptr);
}

TEST(StudyAnswers, of_one_label_of_many_are_about_accuracy) {
    EXPECT_THAT(sentences(scores_of_sizes(0.7, 0.6, 0.5), all_comparisons(), OutputKind::softmax)[0],
                testing::HasSubstr(": accuracy +0.0040 "));
}

TEST(StudyAnswers, without_an_interval_are_not_decided) {
    StudyComparison comparison = against("last level, all sizes", 0.5, 0.4, 0.6);
    EXPECT_EQ(verdict(comparison), "yes");
    comparison.interval.reset();
    EXPECT_EQ(verdict(comparison), "not decided");
    comparison.interval = Interval{0.0, 0.6};
    EXPECT_EQ(verdict(comparison), "not decided");
}

std::vector<std::string> beside_the_paper(const StudyScores& scores) {
    std::vector<std::string> names;
    for (const PaperRow& row : paper_rows(scores)) names.push_back(row.configuration.value_or("none"));
    return names;
}

TEST(PaperRows, stand_beside_the_configurations_that_are_their_like) {
    EXPECT_THAT(beside_the_paper(scores_of_sizes(0.7, 0.8, 0.5)),
                ElementsAre("local model, 54 frames", "all levels, 54 frames", "all levels, all sizes", "none"));
}

TEST(PaperRows, have_one_single_size_also_where_another_local_model_is_better) {
    EXPECT_THAT(beside_the_paper(scores_of_sizes(0.8, 0.7, 0.5)),
                ElementsAre("local model, 18 frames", "all levels, 18 frames", "all levels, all sizes", "none"));
}

TEST(PaperRows, of_a_transfer_put_the_whole_model_beside_the_papers_transfer) {
    StudyScores scores = scores_of_sizes(0.7, 0.8, 0.5);
    scores.is_transferred = true;
    EXPECT_THAT(beside_the_paper(scores),
                ElementsAre("local model, 54 frames", "all levels, 54 frames", "none", "all levels, all sizes"));
}

}  // namespace
}  // namespace earmark
