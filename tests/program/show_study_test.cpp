// `earmark analyze --show`: a finished study, from its folder alone.
#include <gmock/gmock.h>

#include "tests/program/fixture.h"
#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class ShowStudyTest : public ProgramTest {
protected:
    ShowStudyTest() {
        std::string manifest = "path\tsplit\ttags\n";
        for (const char* name : {"a", "b", "c", "d", "e", "f"}) {
            song("data/" + std::string(name) + ".flac");
            manifest += std::string(name) + ".flac\t" +
                        (*name < 'c'   ? "train"
                         : *name < 'e' ? "valid"
                                       : "test") +
                        "\t" + (*name % 2 == 0 ? "genre---Rock" : "mood---Calm") + "\n";
        }
        folder_.write("data/manifest.tsv", manifest);
    }

    Outcome analyze() const {
        return run_earmark({"analyze", folder_.write("tiny.toml", tiny_recipe_text).string(), "--data", path("data"),
                            "--out", path("study"), "--bootstrap", "50", "--jobs", "1"});
    }

    std::string read(const std::string& name) const { return read_text(path(name)); }
};

TEST_F(ShowStudyTest, gives_table_and_report_again_without_data_and_recipe) {
    const Outcome first = analyze();
    ASSERT_EQ(first.exit_status, 0) << first.err;
    const std::string report = read("study/report.html");
    const std::string json = read("study/study.json");
    for (const char* name : {"data", "tiny.toml", "study/report.html", "study/study.json", "study/log-mel"})
        std::filesystem::remove_all(path(name));
    std::filesystem::rename(path("study"), path("moved"));
    const Outcome shown = run_earmark({"analyze", "--show", path("moved")});
    EXPECT_EQ(shown.exit_status, 0) << shown.err;
    EXPECT_EQ(shown.err, "");
    EXPECT_THAT(shown.out, HasSubstr(first.out.substr(0, first.out.rfind("\n" + path("")))));
    EXPECT_THAT(shown.out, testing::EndsWith("\n" + path("moved/report.html") + "\n"));
    EXPECT_EQ(read("moved/report.html"), report);
    EXPECT_EQ(read("moved/study.json"), json);
}

TEST_F(ShowStudyTest, may_write_its_report_elsewhere) {
    ASSERT_EQ(analyze().exit_status, 0);
    std::filesystem::remove(path("study/report.html"));
    const Outcome shown = run_earmark({"analyze", "--show=" + path("study"), "--out", path("page.html")});
    EXPECT_EQ(shown.exit_status, 0) << shown.err;
    EXPECT_THAT(read("page.html"), HasSubstr("<!DOCTYPE html>"));
    EXPECT_FALSE(std::filesystem::exists(path("study/report.html")));
}

TEST_F(ShowStudyTest, names_what_is_missing) {
    const Outcome none = run_earmark({"analyze", "--show", path("data")});
    EXPECT_EQ(none.exit_status, 2);
    EXPECT_THAT(none.err, is_one_line_about(path("data/settings.json")));
    ASSERT_EQ(analyze().exit_status, 0);
    std::filesystem::remove(path("study/seed-7/results.json"));
    const Outcome unfinished = run_earmark({"analyze", "--show", path("study")});
    EXPECT_EQ(unfinished.exit_status, 2);
    EXPECT_THAT(unfinished.err, is_one_line_about(path("study/seed-7/results.json")));
    folder_.write("study/settings.json", "{\"format\": 1}");
    const Outcome damaged = run_earmark({"analyze", "--show", path("study")});
    EXPECT_EQ(damaged.exit_status, 2);
    EXPECT_THAT(damaged.err, is_one_line_about(path("study/settings.json")));
}

}  // namespace
}  // namespace earmark
