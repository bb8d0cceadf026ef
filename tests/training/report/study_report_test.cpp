#include "training/report/study_report.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/training/study/finished_study.h"
#include "training/study/study_answers.h"
#include "training/study/study_comparison.h"

namespace earmark {
namespace {

class StudyReport : public FinishedStudy {};

TEST_F(StudyReport, report_has_all_that_the_page_shows) {
    const StudyDescription description{.study = finished().options.training.out,
                                       .recipe = "tiny",
                                       .data = "synthetic",
                                       .command =
                                           "/usr/bin/earmark analyze paper --data=/home/me/music --data '/a b/c' "
                                           "--data ../x/y --out ~/study '--tags=/d e/t' --cache /",
                                       .date = "2026-01-01",
                                       .audio_folder = finished().dataset.path(),
                                       .bootstrap = {.resample_count = 100}};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    EXPECT_EQ(json["clip_count"], 36);
    EXPECT_EQ(json["configurations"].size(), scores_.configurations.size());
    EXPECT_EQ(json["group"], nullptr);
    EXPECT_EQ(json["format"], 2);
    EXPECT_EQ(json["configurations"][0]["kind"], "local_model");
    EXPECT_EQ(json["configurations"][5]["level"], 1);
    EXPECT_EQ(json["configurations"][5]["scales"], nlohmann::json({9}));
    EXPECT_EQ(json["configurations"].back()["id"], "all-levels-all-scales");
    EXPECT_EQ(json["configurations"].back()["scales"], "all");
    EXPECT_EQ(json["filters"][0]["filters"].size(), 6U);
    EXPECT_EQ(json["filters"][0]["filters"][0].size(), 3U * 12U);
    EXPECT_EQ(json["hardest_clips"].size(), 20U);
    const auto file = json["hardest_clips"][0]["file"].get<std::string>();
    EXPECT_TRUE(std::filesystem::exists(description.study / file)) << file;
    EXPECT_EQ(json["command"],
              ".../earmark analyze paper --data=.../music --data '.../c' --data ../x/y --out ~/study '--tags=.../t' "
              "--cache /");
    EXPECT_THAT(json.dump(),
                testing::Not(testing::HasSubstr("\"" + finished().dataset.path().root_directory().string() + "tmp")));
    EXPECT_THAT(json.dump(), testing::Not(testing::HasSubstr("\"" + description.study.parent_path().string())));
    EXPECT_GE(json["hardest_clips"][0]["loss"], json["hardest_clips"][1]["loss"]);
    EXPECT_EQ(json["learning_curves"][0]["run"], "seed-3/fold-01");
    EXPECT_EQ(json["learning_curves"][0]["seed"], 3);
    EXPECT_EQ(json["learning_curves"][0]["fold"], 1);
    EXPECT_EQ(json["learning_curves"][0]["id"], "local-network-9");
    EXPECT_EQ(json["learning_curves"][0]["segment_frames"], 9);
    EXPECT_EQ(json["learning_curves"][0]["step"], 1);
    EXPECT_GT(json["learning_curves"][0]["epochs"].size(), 1U);
}

TEST_F(StudyReport, comparisons_and_answers_in_json_name_configurations_by_their_ids) {
    StudyDescription description;
    description.study = finished().options.training.out;
    const std::optional<OtherStudy> other{{"tiny", compare_studies(scores_, scores_, {.resample_count = 5})}};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, other));
    std::set<std::string> ids;
    for (const auto& configuration : json["configurations"]) ids.insert(configuration["id"]);
    EXPECT_EQ(ids.size(), scores_.configurations.size());
    std::vector<std::string> references;
    for (const auto& list : {json["comparisons"], json["answers"], json["other_study"]["comparisons"]}) {
        ASSERT_FALSE(list.empty());
        for (const auto& entry : list) references.insert(references.end(), {entry["a"], entry["b"]});
    }
    for (const auto& row : json["paper"]) {
        if (!row["configuration"].is_null()) references.push_back(row["configuration"]);
    }
    for (const std::string& id : references) EXPECT_TRUE(ids.contains(id)) << id;
}

TEST_F(StudyReport, reports_that_artists_were_drawn) {
    StudyDescription description;
    description.study = finished().options.training.out;
    description.bootstrap = {.resample_count = 100, .by_artist = true};
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    std::set<std::string> artists;
    for (const ScoredClip& clip : scores_.clips) artists.insert(clip.artist);
    EXPECT_EQ(json["group"], "artist");
    EXPECT_EQ(json["group_count"], artists.size());
    EXPECT_THAT(study_table(scores_, metrics_, description.bootstrap, std::nullopt),
                testing::HasSubstr("95 % interval over artists (100 bootstrap resamples)"));
    EXPECT_THAT(study_table(scores_, metrics_, {.resample_count = 100}, std::nullopt),
                testing::HasSubstr("36 clips, mean over 2 seeds; in brackets the 95 % interval over clips"));
}

TEST_F(StudyReport, answers_the_two_questions_of_the_paper_in_table_and_report) {
    const auto answers = study_answers(scores_, metrics_);
    ASSERT_EQ(answers.size(), 2U);
    const std::string table = study_table(scores_, metrics_, {}, std::nullopt);
    StudyDescription description;
    description.study = finished().options.training.out;
    const auto json = nlohmann::json::parse(study_json(description, scores_, metrics_, std::nullopt));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        EXPECT_EQ(json["answers"][i]["sentence"], sentence(answers[i], OutputKind::sigmoid, typographic_minus));
        EXPECT_THAT(table, testing::HasSubstr(sentence(answers[i], OutputKind::sigmoid) + ".\n"));
    }
    EXPECT_TRUE(table.ends_with(sentence(answers.back(), OutputKind::sigmoid) + ".\n"));
}

TEST_F(StudyReport, table_has_a_line_for_each_configuration_and_comparison_and_row_of_the_paper) {
    const std::string table = study_table(scores_, metrics_, {}, std::nullopt);
    EXPECT_THAT(table, testing::HasSubstr("| all levels, all scales "));
    for (const StudyComparison& comparison : metrics_.comparisons)
        EXPECT_THAT(table, testing::HasSubstr("| " + difference_text(*comparison.difference) + " ("));
    EXPECT_THAT(table,
                testing::ContainsRegex("multi-level and multi-scale +. 0.9017 +. 0.8878 +. - +. all levels, all "));
    std::istringstream lines(table);
    std::size_t row_count = 0;
    for (std::string line; std::getline(lines, line);) row_count += line.starts_with("| ") ? 1 : 0;
    EXPECT_EQ(row_count, 6 + scores_.configurations.size() + metrics_.comparisons.size() + paper_rows(scores_).size());
}

}  // namespace
}  // namespace earmark
