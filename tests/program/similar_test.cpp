// `earmark similar`: which clips it finds, and where it looks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "apps/similar/nearest.h"
#include "tests/program/fixture.h"
#include "tests/support/float_wav.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

TEST(Nearest, are_ordered_by_the_angle_between_standardized_embeddings) {
    Model model = model_of_the_tests();
    const std::size_t length = model.feature_count();
    model.classifier.means.assign(length, 1.0F);
    model.classifier.deviations.assign(length, 2.0F);
    const auto embedding = [&](float first, float second) {
        std::vector<float> values(length, 1.0F);
        values[0] += 2.0F * first;
        values[1] += 2.0F * second;
        return values;
    };
    const ClipEmbeddings queries{{"query"}, {embedding(1, 0)}, {}};
    const ClipEmbeddings clips{{"opposite", "right angle", "query", "same direction", "in between"},
                               {embedding(-3, 0), embedding(0, 2), embedding(1, 0), embedding(9, 0), embedding(3, 4)},
                               {}};
    const std::vector<SimilarClip> found = nearest(model, queries, clips);
    ASSERT_THAT(found, SizeIs(4));
    const std::vector<std::pair<std::size_t, double>> expected{{3, 1.0}, {4, 0.6}, {1, 0.0}, {0, -1.0}};
    for (std::size_t i = 0; i < 4; ++i) {
        EXPECT_EQ(found[i].index, expected[i].first);
        EXPECT_NEAR(found[i].similarity, expected[i].second, 1e-6);
    }
}

TEST(Nearest, of_several_queries_give_each_the_same_weight) {
    Model model = model_of_the_tests();
    const std::size_t length = model.feature_count();
    model.classifier.means.assign(length, 0.0F);
    model.classifier.deviations.assign(length, 1.0F);
    const auto embedding = [&](float first, float second) {
        std::vector<float> values(length, 0.0F);
        values[0] = first;
        values[1] = second;
        return values;
    };
    const ClipEmbeddings queries{{"a", "b"}, {embedding(100, 0), embedding(0, 1)}, {}};
    const ClipEmbeddings clips{{"first", "both"}, {{embedding(1, 0)}, {embedding(1, 1)}}, {}};
    const std::vector<SimilarClip> found = nearest(model, queries, clips);
    EXPECT_EQ(found[0].index, 1U);
    EXPECT_NEAR(found[0].similarity, 1.0, 1e-6);
    EXPECT_NEAR(found[1].similarity, std::sqrt(0.5), 1e-6);
}

class SimilarTest : public ProgramTest {
protected:
    Outcome run(const std::string& command, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {command, "--model", model()});
        return run_earmark(arguments);
    }
    Outcome similar(const std::vector<std::string>& arguments) const { return run("similar", arguments); }

    // Three copies of one recording.
    void fill_folder() const {
        std::filesystem::create_directory(path("music"));
        for (const char* name : {"music/a.wav", "music/b.wav", "music/c.wav"}) song(name);
    }
};

TEST_F(SimilarTest, searches_a_folder) {
    fill_folder();
    const Outcome outcome = similar({song("query.wav"), "--in", path("music"), "--top", "2"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(outcome.out, " 1.00  " + path("music/a.wav") + "\n 1.00  " + path("music/b.wav") + "\n");
}

TEST_F(SimilarTest, searches_an_archive_also_for_a_clip_that_only_the_archive_has) {
    fill_folder();
    EXPECT_EQ(run("embed", {path("music"), "--out", path("music.npz")}).exit_status, 0);
    std::filesystem::remove_all(path("music"));
    const Outcome outcome = similar({path("music/b.wav"), "--in", path("music.npz"), "--format", "json"});
    EXPECT_EQ(outcome.exit_status, 0);
    const auto json = nlohmann::json::parse(outcome.out);
    ASSERT_THAT(json, SizeIs(2));
    EXPECT_EQ(json[0]["path"], path("music/a.wav"));
    EXPECT_NEAR(json[0]["similarity"].get<double>(), 1.0, 1e-6);
    EXPECT_EQ(json[1]["path"], path("music/c.wav"));
}

TEST_F(SimilarTest, refuses_archives_that_it_cannot_compare) {
    fill_folder();
    const std::string query = song("query.wav");
    EXPECT_EQ(run("embed", {path("music"), "--levels", "1", "--out", path("levels.npz")}).exit_status, 0);
    EXPECT_EQ(run("embed", {path("music"), "--each", "window", "--out", path("windows.npz")}).exit_status, 0);
    EXPECT_EQ(run_earmark({"embed", path("music"), "--out", path("default.npz")}).exit_status, 0);
    for (const char* name : {"levels.npz", "windows.npz", "default.npz", "missing.npz"}) {
        const Outcome outcome = similar({query, "--in", path(name)});
        EXPECT_EQ(outcome.exit_status, 2) << name;
        EXPECT_THAT(outcome.err, HasSubstr(name));
        EXPECT_EQ(outcome.out, "");
    }
}

TEST_F(SimilarTest, does_not_list_the_query_whatever_path_leads_to_it) {
    fill_folder();
    const Outcome outcome = similar({path("music/../music/b.wav"), "--in", path("music")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.out, " 1.00  " + path("music/a.wav") + "\n 1.00  " + path("music/c.wav") + "\n");
}

TEST_F(SimilarTest, leaves_out_clips_without_sound) {
    fill_folder();
    folder_.write("music/silence.wav", float_wav(std::vector<float>(44'100), 22'050, 1));
    const std::string query = song("query.wav");
    const Outcome of_folder = similar({query, "--in", path("music")});
    EXPECT_EQ(of_folder.exit_status, 0);
    EXPECT_EQ(of_folder.err, "earmark: " + path("music/silence.wav") + ": warning: silent: not compared\n");
    EXPECT_THAT(lines_of(of_folder.out), SizeIs(3));
    EXPECT_EQ(run("embed", {path("music"), "--out", path("music.npz")}).exit_status, 0);
    EXPECT_EQ(similar({query, "--in", path("music.npz")}).out, of_folder.out);
    const Outcome of_silence = similar({path("music/silence.wav"), "--in", path("music.npz")});
    EXPECT_EQ(of_silence.exit_status, 1);
    EXPECT_THAT(of_silence.err, HasSubstr("no query can be used"));
    EXPECT_EQ(of_silence.out, "");
}

TEST_F(SimilarTest, needs_something_to_compare_with) {
    const std::string query = song("query.wav");
    const Outcome missing = similar({query, "--in", path("none")});
    EXPECT_EQ(missing.exit_status, 2);
    EXPECT_THAT(missing.err, is_one_line_about("--in: " + path("none")));
    std::filesystem::create_directory(path("empty"));
    const Outcome empty = similar({query, "--in", path("empty")});
    EXPECT_EQ(empty.exit_status, 1);
    EXPECT_THAT(empty.err, HasSubstr("nothing to compare with"));
    std::filesystem::create_directory(path("one"));
    std::filesystem::copy_file(query, path("one/query.wav"));
    const Outcome one = similar({path("one"), "--in", path("one")});
    EXPECT_EQ(one.exit_status, 1);
    EXPECT_EQ(one.out, "");
    EXPECT_THAT(one.err, HasSubstr("nothing to compare with but the queries"));
}

TEST_F(SimilarTest, goes_on_without_a_file_that_cannot_be_read) {
    fill_folder();
    folder_.write("music/broken.mp3", "no music");
    const Outcome outcome = similar({song("query.wav"), "--in", path("music")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, is_one_line_about(path("music/broken.mp3")));
    EXPECT_THAT(lines_of(outcome.out), SizeIs(3));
    const Outcome nothing = similar({path("none.wav"), "--in", path("music")});
    EXPECT_EQ(nothing.exit_status, 1);
    EXPECT_THAT(nothing.err, HasSubstr("no query can be used"));
}

}  // namespace
}  // namespace earmark
