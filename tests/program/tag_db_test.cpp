// `earmark tag --db`: what the library knows is not analyzed again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "catalogue/catalogue.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

class TagDbTest : public ProgramTest {
protected:
    TagDbTest() {
        std::filesystem::create_directory(path("music"));
        for (const char* const name : {"long.flac", "long.mp3", "long.ogg", "coded.m4a"})
            std::filesystem::copy_file(recording(name), path("music/") + name);
    }

    std::string db() const { return path("library.db"); }

    Outcome tag_with_db(std::vector<std::string> arguments) const {
        arguments.insert(arguments.end(), {"--db", db()});
        return tag(arguments);
    }

    // So that it is seen where a result comes from.
    void change_results() const {
        catalogue::Catalogue(db()).database().execute(
            "UPDATE analysis SET probabilities = zeroblob(length(probabilities)), warning = 'kept'");
    }

    std::string query(const std::string& sql) const {
        return catalogue::Catalogue(db(), {catalogue::OpenMode::read, {}}).database().text(sql);
    }
};

TEST_F(TagDbTest, prints_the_same_as_without_the_first_time_and_later) {
    folder_.write("music/text.mp3", "no music");
    for (const char* const format : {"text", "json", "csv"}) {
        const std::vector<std::string> arguments{path("music"), "--format", format, "--jobs", "2"};
        const Outcome without = tag(arguments);
        for (int i = 0; i < 2; ++i) {
            const Outcome with = tag_with_db(arguments);
            EXPECT_EQ(with.out, without.out);
            EXPECT_EQ(with.err, without.err);
            EXPECT_EQ(with.exit_status, without.exit_status);
        }
    }
    EXPECT_EQ(query("SELECT count(*) FROM analysis"), "4");
}

TEST_F(TagDbTest, analyzes_new_files_alone) {
    tag_with_db({path("music")});
    change_results();
    std::filesystem::rename(path("music/long.ogg"), path("music/other.ogg"));
    std::filesystem::copy_file(recording("coded.mp3"), path("music/new.mp3"));
    const Outcome outcome = tag_with_db({path("music"), "--format", "csv", "--top", "1"});
    EXPECT_THAT(outcome.err, HasSubstr("other.ogg: warning: kept\n"));
    EXPECT_THAT(outcome.err, HasSubstr("long.mp3: warning: kept\n"));
    EXPECT_THAT(outcome.err, Not(HasSubstr("new.mp3: warning: kept")));
    EXPECT_EQ(query("SELECT count(*) FROM analysis"), "5");
}

TEST_F(TagDbTest, shares_its_results_with_a_scan) {
    const std::vector<std::string> scan{"library", "scan", path("music"), "--db", db(), "--model", model()};
    tag_with_db({path("music/long.flac"), path("music/long.mp3")});
    EXPECT_THAT(run_earmark(scan).out, testing::StartsWith("2 new, 2 unchanged\n2 files analyzed"));
    change_results();
    EXPECT_THAT(tag_with_db({path("music/coded.m4a")}).err, HasSubstr("warning: kept"));
}

TEST_F(TagDbTest, takes_a_relative_path_for_the_same_file) {
    tag_with_db({path("music/long.mp3")});
    change_results();
    EXPECT_THAT(tag_with_db({path("music/../music/long.mp3")}).err, HasSubstr("warning: kept"));
}

TEST_F(TagDbTest, refuses_settings_that_give_other_results) {
    for (const std::vector<std::string>& other :
         std::vector<std::vector<std::string>>{{"--plain"}, {"--max-duration", "10"}}) {
        std::vector<std::string> arguments{path("music")};
        arguments.insert(arguments.end(), other.begin(), other.end());
        const Outcome outcome = tag_with_db(arguments);
        EXPECT_EQ(outcome.exit_status, 2);
        EXPECT_THAT(outcome.err, is_one_line_about("--db: cannot be used with --plain or --max-duration"));
    }
    tag_with_db({path("music")});
    Model other = model_of_the_tests();
    other.name = "other";
    write_model(other, path("other.earmark"));
    const Outcome outcome = run_earmark({"tag", path("music"), "--db", db(), "--model", path("other.earmark")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about("--db: " + db() + " has the results of another model, '"));
}

}  // namespace
}  // namespace earmark
