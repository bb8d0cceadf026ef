// `earmark library stats` and `export`: what is known of all files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "catalogue/catalogue.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

class LibraryExportTest : public ProgramTest {
protected:
    LibraryExportTest() {
        std::filesystem::create_directory(path("music"));
        for (const char* const name : {"long.flac", "coded.mp3", "cover.mp3"})
            std::filesystem::copy_file(recording(name), path("music/") + name);
        std::filesystem::copy_file(recording("long.flac"), path("music/caf\xE9.flac"));
        folder_.write("music/text.mp3", "no music");
        run_earmark({"library", "scan", path("music"), "--db", db(), "--model", model()});
    }

    std::string db() const { return path("library.db"); }

    Outcome library(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), "library");
        arguments.insert(arguments.end(), {"--db", db()});
        return run_earmark(arguments);
    }
};

TEST_F(LibraryExportTest, counts_tracks_states_and_tags) {
    std::filesystem::remove(path("music/cover.mp3"));
    library({"scan", "--model", model()});
    const Outcome text = library({"stats"});
    EXPECT_EQ(text.exit_status, 0) << text.err;
    EXPECT_THAT(text.out,
                AllOf(StartsWith("tracks      4, "), HasSubstr("; 1 are copies of others; 1 more are missing\n"),
                      HasSubstr("state       current 3, failed 1\n"), HasSubstr("genre       Rock 3\n"),
                      HasSubstr("instrument  Piano 3\n"),
                      HasSubstr("error       1x not audio of any format that FFmpeg knows\n")));
    const auto json = nlohmann::json::parse(library({"stats", "--format", "json"}).out);
    EXPECT_EQ(json.at("tracks"), 4);
    EXPECT_EQ(json.at("states").at("failed"), 1);
    EXPECT_EQ(json.at("tags").at("genre").at("Rock"), 3);
}

TEST_F(LibraryExportTest, writes_a_table_with_a_column_for_each_tag) {
    const Outcome outcome = library({"export"});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_THAT(lines, SizeIs(6));
    EXPECT_THAT(lines[0],
                AllOf(StartsWith("track_id,path,state,error,audio_digest,title,"), HasSubstr(",genre---Rock")));
    EXPECT_THAT(outcome.out, HasSubstr("," + path("music/coded.mp3") + ",current,,"));
    EXPECT_THAT(outcome.out, HasSubstr("caf\xEF\xBF\xBD.flac,current,"));
    const auto commas = [](const std::string& line) { return std::count(line.begin(), line.end(), ','); };
    for (const std::string& line : lines) EXPECT_EQ(commas(line), commas(lines[0])) << line;
    EXPECT_EQ(library({"export", "--out", path("music.csv")}).out, "");
    EXPECT_EQ(read_text(path("music.csv")), outcome.out);
}

TEST_F(LibraryExportTest, writes_json_lines) {
    const std::vector<std::string> lines = lines_of(library({"export", "--format", "jsonl"}).out);
    ASSERT_THAT(lines, SizeIs(5));
    std::size_t tagged_count = 0;
    for (const std::string& line : lines) {
        const auto json = nlohmann::json::parse(line);
        EXPECT_EQ(json.contains("path_bytes"),
                  json.at("path").get<std::string>().find("\xEF\xBF\xBD") != std::string::npos);
        if (json.at("tags").empty()) continue;
        ++tagged_count;
        EXPECT_GT(json.at("tags").at("genre---Rock"), 0.0);
    }
    EXPECT_EQ(tagged_count, 4U);
}

TEST_F(LibraryExportTest, writes_embeddings_that_similar_searches) {
    EXPECT_EQ(library({"export", "--out", path("music.npz")}).exit_status, 0);
    const Outcome outcome =
        run_earmark({"similar", recording("long.flac"), "--in", path("music.npz"), "--model", model(), "--top", "2"});
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(outcome.out, AllOf(HasSubstr(" 1.00  " + path("music/long.flac") + "\n"), HasSubstr(".flac\n")));
}

TEST_F(LibraryExportTest, stats_have_all_errors_however_few_tags_are_asked_for) {
    catalogue::Catalogue(path("library.db"))
        .database()
        .execute(
            "INSERT INTO track (path, size_bytes, modified_ns, state, error) VALUES ('/x', 1, 1, 'failed', 'one'), "
            "('/y', 1, 1, 'failed', 'two')");
    const Outcome outcome = library({"stats", "--top", "1"});
    EXPECT_THAT(outcome.out, AllOf(HasSubstr("error       1x one\n"), HasSubstr("error       1x two\n")));
}

TEST_F(LibraryExportTest, reports_what_it_cannot_do) {
    EXPECT_THAT(library({"export", "--format", "npz"}).err, is_one_line_about("--format npz: expected --out FILE"));
    EXPECT_THAT(library({"export", "--out", path("music.xls")}).err,
                is_one_line_about("--out: " + path("music.xls") +
                                  ": expected --format, or a name that ends with .csv, .jsonl or .npz"));
    EXPECT_THAT(run_earmark({"library", "stats", "--db", path("none.db")}).err,
                is_one_line_about(path("none.db") + ": no such file"));
}

}  // namespace
}  // namespace earmark
