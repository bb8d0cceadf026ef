#include "training/recipe/configuration_id.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "training/recipe/configuration_json.h"

namespace earmark {
namespace {

using Kind = ConfigurationKind;

std::vector<ConfigurationId> one_of_each_sort() {
    return {local_model_id({18}),
            local_model_id({18, 27}),
            local_model_id(),
            baseline_id(Kind::mel_statistics),
            baseline_id(Kind::mfcc_statistics),
            external_id("musicnn MSD"),
            external_id("musicnn-MSD"),
            external_id("musicnn_20MSD"),
            external_id("all levels, all scales"),
            one_level_id(2, 18),
            one_level_id(1, 18),
            last_level_id({18}),
            last_level_id({18, 27, 54}),
            last_level_id(),
            all_levels_id({18}),
            all_levels_id({18, 27}),
            all_levels_id()};
}

TEST(ConfigurationIds, are_written_for_people) {
    EXPECT_EQ(to_string(local_model_id({18})), "local model, 18 frames");
    EXPECT_EQ(to_string(local_model_id()), "local models, mean of all scales");
    EXPECT_EQ(to_string(one_level_id(2, 18)), "level 2, 18 frames");
    EXPECT_EQ(to_string(last_level_id({18, 27, 54})), "last level, 18, 27 and 54 frames");
    EXPECT_EQ(to_string(all_levels_id({18, 27})), "all levels, 18 and 27 frames");
    EXPECT_EQ(to_string(whole_method_id), "all levels, all scales");
    EXPECT_EQ(to_string(external_id("musicnn MSD")), "musicnn MSD");
}

TEST(ConfigurationIds, have_names_of_files_that_are_plain_and_all_different) {
    EXPECT_EQ(file_name(all_levels_id({18, 27})), "all-levels-scales-18-27");
    EXPECT_EQ(file_name(one_level_id(2, 18)), "level-2-scale-18");
    EXPECT_EQ(file_name(external_id("../a b\xc3\xa9")), "external-_2e_2e_2fa_20b_c3_a9");
    std::set<std::string> names;
    for (const ConfigurationId& id : one_of_each_sort()) {
        EXPECT_THAT(file_name(id), testing::MatchesRegex("[A-Za-z0-9_-]+"));
        EXPECT_TRUE(names.insert(file_name(id)).second) << file_name(id);
    }
}

TEST(ConfigurationIds, are_the_same_after_they_were_written_as_json) {
    for (const ConfigurationId& id : one_of_each_sort()) {
        const std::string text = to_json(id).dump();
        EXPECT_EQ(configuration_id(nlohmann::json::parse(text)), id) << text;
    }
}

TEST(ConfigurationIds, in_json_have_fields_for_programs) {
    EXPECT_EQ(to_json(all_levels_id({18, 27})).dump(),
              R"({"id":"all-levels-scales-18-27","kind":"all_levels","level":null,"scales":[18,27],)"
              R"("name":"all levels, 18 and 27 frames"})");
    EXPECT_EQ(to_json(whole_method_id)["scales"], "all");
    EXPECT_EQ(to_json(external_id("x"))["scales"], nullptr);
    EXPECT_EQ(to_json(one_level_id(2, 18))["level"], 2);
}

TEST(ConfigurationIds, of_unknown_kind_or_without_a_field_are_refused) {
    const auto parsed = [](const char* text) { return configuration_id(nlohmann::json::parse(text)); };
    EXPECT_THROW(parsed(R"({"kind":"every level"})"), std::invalid_argument);
    EXPECT_THROW(parsed(R"({"kind":"all_levels","scales":[]})"), std::invalid_argument);
    EXPECT_THROW(parsed(R"({"kind":"all_levels"})"), nlohmann::json::exception);
    EXPECT_THROW(parsed(R"({"kind":"one_level","level":"last","scales":[18]})"), std::invalid_argument);
    EXPECT_THROW(parsed(R"({"kind":"external"})"), nlohmann::json::exception);
}

TEST(ConfigurationIds, are_equal_and_in_order_by_their_fields) {
    EXPECT_EQ(all_levels_id({18}), all_levels_id({18}));
    EXPECT_NE(all_levels_id({18}), last_level_id({18}));
    EXPECT_LT(all_levels_id({18}), all_levels_id({27}));
    EXPECT_EQ(single_scale(all_levels_id({18})), 18);
    EXPECT_EQ(single_scale(all_levels_id({18, 27})), std::nullopt);
    EXPECT_EQ(single_scale(whole_method_id), std::nullopt);
}

}  // namespace
}  // namespace earmark
