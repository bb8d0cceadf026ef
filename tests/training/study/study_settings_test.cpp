#include "training/study/study_settings.h"

#include <gmock/gmock.h>

#include "tests/support/temporary_folder.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

StudySettings all_settings() {
    return {.recipe = "paper",
            .data = "allmusic + mirex",
            .command = "earmark analyze 'a \"recipe\".toml'",
            .date = "2026-11-27",
            .machine = "a processor, 2 cores",
            .audio_folder = "/music/all music",
            .seeds = {3, 18446744073709551615U},
            .fold_count = 5,
            .by_artist = true,
            .resample_count = 200,
            .compared = "/studies/other"};
}

TEST(StudySettings, are_read_as_they_were_written) {
    const TemporaryFolder folder;
    write_study_settings(folder.path(), all_settings());
    const StudySettings settings = read_study_settings(folder.path());
    EXPECT_EQ(settings.recipe, all_settings().recipe);
    EXPECT_EQ(settings.data, all_settings().data);
    EXPECT_EQ(settings.command, all_settings().command);
    EXPECT_EQ(settings.date, all_settings().date);
    EXPECT_EQ(settings.machine, all_settings().machine);
    EXPECT_EQ(settings.audio_folder, all_settings().audio_folder);
    EXPECT_EQ(settings.seeds, all_settings().seeds);
    EXPECT_EQ(settings.fold_count, 5U);
    EXPECT_TRUE(settings.by_artist);
    EXPECT_EQ(settings.resample_count, 200U);
    EXPECT_EQ(settings.compared, all_settings().compared);
}

TEST(StudySettings, may_lack_groups_and_a_study_to_compare_with) {
    const TemporaryFolder folder;
    write_study_settings(folder.path(), {.seeds = {1}});
    const StudySettings settings = read_study_settings(folder.path());
    EXPECT_FALSE(settings.by_artist);
    EXPECT_FALSE(settings.compared);
}

TEST(StudySettings, that_are_missing_cut_short_or_of_something_else_name_the_file) {
    const TemporaryFolder folder;
    const auto error = [&](ErrorCode code) { return error_of(code, [&] { read_study_settings(folder.path()); }); };
    const std::filesystem::path file = folder.path() / "settings.json";
    EXPECT_THAT(error(ErrorCode::not_found), testing::StartsWith(file.string()));
    write_study_settings(folder.path(), all_settings());
    const std::string whole = read_text(file);
    for (std::size_t part = 0; part < 8; ++part) {
        folder.write("settings.json", whole.substr(0, whole.size() * part / 8));
        EXPECT_THAT(error(ErrorCode::unreadable), testing::StartsWith(file.string())) << part;
    }
    for (const char* text : {"[]", "{}", R"({"format": 2})", R"({"format": 1, "seeds": "none"})"}) {
        folder.write("settings.json", text);
        const std::string message = error(ErrorCode::unreadable);
        EXPECT_THAT(message, testing::StartsWith(file.string() + ": is damaged, or not the settings of a study: "));
        EXPECT_THAT(message, testing::Not(testing::HasSubstr("json.exception")));
    }
}

// Found by fuzzing: such a number is a float for the parser, and its conversion undefined behavior.
TEST(StudySettings, with_numbers_beyond_64_bits_or_with_fractions_are_damaged) {
    const TemporaryFolder folder;
    write_study_settings(folder.path(), all_settings());
    const std::string whole = read_text(folder.path() / "settings.json");
    for (const char* number : {"18446744073709555611", "-1", "1.5", "1e300", "\"3\""}) {
        std::string text = whole;
        text.replace(text.find("18446744073709551615"), 20, number);
        EXPECT_THAT(error_of(ErrorCode::unreadable, [&] { parse_study_settings(text, "settings.json"); }),
                    testing::HasSubstr("expected a whole number"))
            << number;
    }
}

TEST(StudySettings, beyond_what_the_command_line_takes_are_damaged) {
    const TemporaryFolder folder;
    const auto error = [&](const StudySettings& settings) {
        write_study_settings(folder.path(), settings);
        return error_of(ErrorCode::unreadable, [&] { read_study_settings(folder.path()); });
    };
    StudySettings settings = all_settings();
    settings.fold_count = 1001;
    EXPECT_THAT(error(settings), testing::HasSubstr("fold_count: expected at most 1000"));
    settings = all_settings();
    settings.resample_count = 1000001;
    EXPECT_THAT(error(settings), testing::HasSubstr("resample_count: expected at most 1000000"));
    settings = all_settings();
    settings.seeds.assign(1001, 1);
    EXPECT_THAT(error(settings), testing::HasSubstr("expected 1 to 1000 seeds"));
    settings.seeds.clear();
    EXPECT_THAT(error(settings), testing::HasSubstr("expected 1 to 1000 seeds"));
}

}  // namespace
}  // namespace earmark
