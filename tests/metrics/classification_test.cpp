#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "metrics/classification_report.h"
#include "tests/metrics/golden_tagging.h"

namespace earmark::test {
namespace {

using Floats = std::vector<float>;

/// One block of tests/golden/metrics/classification.txt.
struct ClassificationCase {
    std::string name;
    std::size_t label_count = 0;
    std::optional<double> accuracy;
    std::optional<double> balanced_accuracy;
    std::vector<std::uint32_t> truths;
    std::vector<std::uint32_t> predicted;
    std::vector<std::uint32_t> clip_counts;
    std::vector<std::vector<std::uint32_t>> matrix;
};

void PrintTo(const ClassificationCase& golden, std::ostream* out) { *out << golden.name; }

std::vector<ClassificationCase> read_classification_cases() {
    auto file = open_golden("classification.txt");
    std::vector<ClassificationCase> cases;
    for (ClassificationCase golden; file >> golden.name >> golden.label_count; cases.push_back(golden)) {
        golden.accuracy = read_metric(file);
        golden.balanced_accuracy = read_metric(file);
        file >> std::ws;
        golden.truths = read_counts(file);
        golden.predicted = read_counts(file);
        golden.clip_counts = read_counts(file);
        golden.matrix.clear();
        for (std::size_t label = 0; label < golden.label_count; ++label) golden.matrix.push_back(read_counts(file));
    }
    return cases;
}

ClassificationReport report_of(const ClassificationCase& golden) {
    ClassificationReport report(golden.label_count);
    for (std::size_t clip = 0; clip < golden.truths.size(); ++clip) {
        Floats scores(golden.label_count, 0.1F);
        scores[golden.predicted[clip]] = 0.7F;
        report.add(scores, golden.truths[clip]);
    }
    return report;
}

class ClassificationGolden : public testing::TestWithParam<ClassificationCase> {};

TEST_P(ClassificationGolden, accuracies_agree_with_scikit_learn) {
    const ClassificationMetrics metrics = report_of(GetParam()).metrics(GetParam().clip_counts);
    EXPECT_NEAR(metrics.accuracy.value(), GetParam().accuracy.value(), 1e-9);
    EXPECT_NEAR(metrics.balanced_accuracy.value(), GetParam().balanced_accuracy.value(), 1e-9);
}

TEST_P(ClassificationGolden, confusion_agrees_with_scikit_learn) {
    const ConfusionMatrix confusion = report_of(GetParam()).confusion(GetParam().clip_counts);
    for (std::size_t truth = 0; truth < GetParam().label_count; ++truth) {
        for (std::size_t predicted = 0; predicted < GetParam().label_count; ++predicted)
            EXPECT_EQ(confusion.count(truth, predicted), GetParam().matrix[truth][predicted]);
    }
}

INSTANTIATE_TEST_SUITE_P(, ClassificationGolden, testing::ValuesIn(read_classification_cases()),
                         [](const auto& test) { return test.param.name; });

TEST(ClassificationCases, are_all_there) { EXPECT_EQ(read_classification_cases().size(), 9U); }

TEST(ClassificationReport, leaves_out_clips_whose_label_is_unknown) {
    ClassificationReport report(2);
    report.add(Floats{0.9F, 0.1F}, 0);
    report.add(Floats{0.9F, 0.1F}, std::nullopt);
    EXPECT_EQ(report.clip_count(), 2U);
    EXPECT_EQ(report.confusion().clip_count(), 1U);
    EXPECT_EQ(report.metrics().accuracy, 1.0);
}

TEST(ClassificationReport, predicts_the_first_of_equal_scores_and_never_one_that_is_not_a_number) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    ClassificationReport report(3);
    report.add(Floats{0.2F, 0.4F, 0.4F}, 1);
    report.add(Floats{nan, 0.0F, nan}, 1);
    EXPECT_EQ(report.metrics().accuracy, 1.0);
}

TEST(ClassificationReport, is_undefined_without_clips) {
    const ClassificationReport report(2);
    EXPECT_EQ(report.clip_count(), 0U);
    EXPECT_FALSE(report.metrics().accuracy);
    EXPECT_FALSE(report.metrics().balanced_accuracy);
}

TEST(ClassificationReport, has_the_recall_of_each_label_that_some_clip_has) {
    ClassificationReport report(3);
    report.add(Floats{0.9F, 0.1F, 0.0F}, 0);
    report.add(Floats{0.1F, 0.9F, 0.0F}, 0);
    report.add(Floats{0.1F, 0.9F, 0.0F}, 1);
    EXPECT_EQ(report.metrics().recalls, (std::vector<std::optional<double>>{0.5, 1.0, std::nullopt}));
    EXPECT_EQ(report.metrics(std::vector<std::uint32_t>{3, 1, 0}).recalls,
              (std::vector<std::optional<double>>{0.75, std::nullopt, std::nullopt}));
}

TEST(ConfusionMatrix, has_no_recall_of_a_label_without_clips) {
    ConfusionMatrix confusion(2);
    confusion.add(1, 1, 5);
    EXPECT_EQ(confusion.count(1, 1), 5U);
    EXPECT_EQ(confusion.accuracy(), 1.0);
    EXPECT_FALSE(confusion.recall(0));
}

}  // namespace
}  // namespace earmark::test
