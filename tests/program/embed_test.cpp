// `earmark embed`: what it prints and writes. embedding_arrays_test.py reads its arrays with NumPy.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "earmark/file_tagger.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class EmbedTest : public ProgramTest {
protected:
    Outcome embed(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"embed", "--model", model(), "--precision", "f32"});
        return run_earmark(arguments);
    }

    std::vector<float> expected(const std::string& file) const {
        Tagger tagger(load_model(model()), {.precision = Precision::float32});
        return tag_file(tagger, file).embedding;
    }
};

TEST_F(EmbedTest, prints_a_line_for_each_clip) {
    const std::string first = song("a.wav");
    const std::string second = song("b.wav");
    const Outcome outcome = embed({first, second});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.err, IsEmpty());
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_EQ(lines.size(), 2U);
    const auto json = nlohmann::json::parse(lines[1]);
    EXPECT_EQ(json["path"], second);
    EXPECT_EQ(json["status"], "ok");
    EXPECT_EQ(json["embedding"].get<std::vector<float>>(), expected(second));
}

TEST_F(EmbedTest, csv_names_scale_level_and_statistic_of_each_column) {
    const std::string file = song("a, b.wav");
    const std::vector<std::string> lines = lines_of(embed({file, "--format", "csv", "--levels", "3"}).out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_THAT(lines[0], StartsWith("path,start_s,end_s,audible,18_frames_level_3_mean_0,18_frames_level_3_mean_1,"));
    EXPECT_THAT(lines[0], HasSubstr(",27_frames_level_3_mean_11"));
    EXPECT_THAT(lines[1], StartsWith("\"" + file + "\",0,2,true,"));
    EXPECT_EQ(std::ranges::count(lines[0], ','), 3 + 24);
    EXPECT_EQ(std::ranges::count(lines[1], ','), 1 + 3 + 24);  // one in the path
}

TEST_F(EmbedTest, prints_a_line_for_each_window_with_its_time) {
    const std::vector<std::string> lines =
        lines_of(embed({song("a.wav"), "--each", "window", "--window", "1", "--hop", "0.5"}).out);
    ASSERT_EQ(lines.size(), 3U);
    const auto json = nlohmann::json::parse(lines[1]);
    EXPECT_EQ(json["start_s"], 0.5);
    EXPECT_EQ(json["end_s"], 1.5);
    EXPECT_EQ(json["embedding"].size(), 2U * (8 + 8 + 12));
}

TEST_F(EmbedTest, prints_a_line_for_each_segment_of_each_scale) {
    const std::vector<std::string> lines = lines_of(embed({song("a.wav"), "--each", "segment"}).out);
    // 87 frames: 5 segments of 18, 4 of 27.
    ASSERT_EQ(lines.size(), 9U);
    const auto json = nlohmann::json::parse(lines[5]);
    EXPECT_EQ(json["segment_frames"], 27);
    EXPECT_EQ(json["maxima"].size(), 8U + 8 + 12);
    EXPECT_EQ(nlohmann::json::parse(lines[8])["end_s"], 2.0);
}

TEST_F(EmbedTest, writes_a_file_for_each_clip_into_a_folder_and_none_twice) {
    song("a.wav");
    std::filesystem::create_directory(path("more"));
    song("more/b.wav");
    const std::string out = path("out");
    EXPECT_EQ(embed({path("more"), path("a.wav"), "--out", out}).exit_status, 0);
    const std::string first = out + path("a.wav") + ".npy";
    ASSERT_TRUE(std::filesystem::exists(first));
    ASSERT_TRUE(std::filesystem::exists(out + path("more/b.wav") + ".npy"));
    EXPECT_TRUE(std::filesystem::exists(out + "/embedding.json"));
    std::ofstream(first) << "kept";
    const Outcome again = embed({path("a.wav"), song("c.wav"), "--out", out});
    EXPECT_EQ(again.exit_status, 0);
    EXPECT_EQ(again.err, "earmark: 1 file passed over: already there\n");
    EXPECT_EQ(std::filesystem::file_size(first), 4U);
    EXPECT_TRUE(std::filesystem::exists(out + path("c.wav") + ".npy"));
}

TEST_F(EmbedTest, does_not_mix_embeddings_of_two_kinds) {
    const std::string file = song("a.wav");
    EXPECT_EQ(embed({file, "--out", path("out")}).exit_status, 0);
    EXPECT_EQ(embed({file, "--out", path("all.npz")}).exit_status, 0);
    for (const char* out : {"out", "all.npz"}) {
        const Outcome other = embed({file, "--levels", "1", "--out", path(out)});
        EXPECT_EQ(other.exit_status, 2);
        EXPECT_THAT(other.err, is_one_line_about("--out"));
        EXPECT_THAT(other.err, HasSubstr("expected"));
    }
}

TEST_F(EmbedTest, goes_on_after_a_file_that_cannot_be_read) {
    const Outcome outcome = embed({path("missing.wav"), song("a.wav"), "--out", path("all.npz")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, is_one_line_about(path("missing.wav")));
    EXPECT_TRUE(std::filesystem::exists(path("all.npz")));
}

TEST_F(EmbedTest, leaves_a_damaged_archive_as_it_is) {
    const std::string file = song("a.wav");
    EXPECT_EQ(embed({file, "--out", path("all.npz")}).exit_status, 0);
    std::filesystem::resize_file(path("all.npz"), 100);
    const Outcome outcome = embed({file, "--out", path("all.npz")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(path("all.npz")));
    EXPECT_EQ(std::filesystem::file_size(path("all.npz")), 100U);
}

TEST_F(EmbedTest, refuses_options_that_do_not_go_together) {
    const std::string file = song("a.wav");
    const std::vector<std::pair<std::vector<std::string>, std::string>> cases{
        {{"--format", "npy"}, "--format npy: expected --out"},
        {{"--format", "csv", "--out", path("x")}, "expected no --out"},
        {{"--out", path("x.csv")}, "expected a folder, or a file that ends with .npz"},
        {{"--out", path("x.npy")}, "expected a folder, or a file that ends with .npz"},
        {{"--format", "f16", "--out", path("x.npz")}, "expected --format npz"},
        {{"--each", "segment", "--format", "npy", "--out", path("x")}, "has no place for times"},
        {{"--each", "segment", "--format", "csv"}, "--scales"},
        {{"--window", "3"}, "--window and --hop: expected --each window"},
        {{"--each", "segment", "--hop", "3"}, "--window and --hop: expected --each window"},
        {{"--levels", "4"}, "--levels: the model has 1, 2, 3; found '4'"},
        {{"--scales", "54"}, "--scales: the model has 18, 27; found '54'"},
    };
    for (const auto& [options, message] : cases) {
        std::vector<std::string> arguments{file};
        arguments.insert(arguments.end(), options.begin(), options.end());
        const Outcome outcome = embed(arguments);
        EXPECT_EQ(outcome.exit_status, 2) << message;
        EXPECT_THAT(outcome.err, HasSubstr(message));
        EXPECT_THAT(outcome.out, IsEmpty());
    }
}

}  // namespace
}  // namespace earmark
