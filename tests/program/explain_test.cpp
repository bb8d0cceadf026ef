// `earmark explain`: its formats, which tags it explains, and what it refuses. The rules are tested in tests/explain.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "apps/explain/response_peak.h"
#include "apps/explain/signed_number.h"
#include "earmark/explain.h"
#include "earmark/file_tagger.h"
#include "tests/program/fixture.h"
#include "tests/support/float_wav.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class ExplainTest : public ProgramTest {
protected:
    Outcome explain(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"explain", "--model", model(), "--precision", "f32"});
        return run_earmark(arguments);
    }
};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(ExplainTest, prints_what_the_library_finds) {
    const std::string file = song("a.wav");
    const Outcome outcome = explain({file, "--tag", "mood---calm", "--moment", "1", "--format", "json"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.err, IsEmpty());
    const auto small = load_model(model());
    Tagger tagger(small, {.precision = Precision::float32});
    Explainer explainer(small, {.moment_s = 1.0});
    tagger.visit_segments([&](const SegmentMaxima& segment) { explainer.add(segment); });
    const ClipResult clip = tag_file(tagger, file);
    const TagExplanation expected = explainer.finish(clip, std::vector<std::size_t>{1})[0];
    const auto json = nlohmann::json::parse(outcome.out);
    EXPECT_EQ(json["path"], file);
    EXPECT_EQ(json["status"], "ok");
    EXPECT_EQ(json["mel_band_centers_hz"].size(), 16U);
    ASSERT_EQ(json["tags"].size(), 1U);
    const auto& tag = json["tags"][0];
    EXPECT_EQ(tag["tag"], "Calm");
    EXPECT_EQ(tag["present"], false);
    EXPECT_NEAR(tag["log_odds"].get<double>(), expected.contributions.log_odds, 1e-5);
    ASSERT_EQ(tag["cells"].size(), 6U);
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_NEAR(tag["cells"][i]["contribution"].get<double>(), expected.contributions.of_cells[i], 1e-5);
    EXPECT_EQ(tag["cells"][4]["segment_frames"], 27);
    EXPECT_EQ(tag["cells"][4]["level"], 2);
    EXPECT_EQ(tag["cells"][4]["layer"], "convolution");
    ASSERT_EQ(tag["moments"].size(), expected.moments.size());
    EXPECT_EQ(tag["most_for"].is_null(), !expected.most_for.has_value());
    const auto& notable = tag["most_for"].is_null() ? tag["most_against"] : tag["most_for"];
    EXPECT_EQ(notable["filters"].size(), 5U);
    EXPECT_EQ(notable["first_level_filters"][0]["response"].size(), 16U);
}

TEST_F(ExplainTest, explains_the_present_tags_unless_others_are_named) {
    const std::string file = song("a.wav");
    const std::string text = explain({file}).out;
    EXPECT_THAT(text, StartsWith(file + "  0:02\n"));
    EXPECT_THAT(text, HasSubstr("\nRock  "));
    EXPECT_THAT(text, HasSubstr("\nPiano  "));
    EXPECT_THAT(text, testing::Not(HasSubstr("\nCalm  ")));
    for (const char* part : {"18 frames  27 frames", "level 3", "all levels", "interactions", " deviations"})
        EXPECT_THAT(text, HasSubstr(part));
    const std::string named = explain({file, "--tag", "CALM", "--tag", "80s", "--tag", "Calm"}).out;
    EXPECT_THAT(named, HasSubstr("\nCalm  "));
    EXPECT_THAT(named, HasSubstr("\n80s  "));
    EXPECT_THAT(named, testing::Not(HasSubstr("\nRock  ")));
    EXPECT_EQ(named.find("\nCalm  "), named.rfind("\nCalm  "));
}

TEST_F(ExplainTest, refuses_a_tag_that_the_model_does_not_have) {
    const Outcome outcome = explain({song("a.wav"), "--tag", "Pianno"});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about("--tag"));
    EXPECT_THAT(outcome.err, HasSubstr("did you mean 'Piano'?"));
}

TEST_F(ExplainTest, draws_pictures) {
    const std::string file = song("a.wav");
    for (const char* theme : {"light", "dark"})
        EXPECT_EQ(explain({file, "--theme", theme, "--out", path(std::string(theme) + ".png")}).exit_status, 0);
    EXPECT_THAT(bytes_of(path("light.png")), StartsWith("\x89PNG"));
    EXPECT_NE(bytes_of(path("light.png")), bytes_of(path("dark.png")));
    const std::string svg = explain({file, "--format", "svg"}).out;
    EXPECT_THAT(svg, HasSubstr("<svg"));
    EXPECT_NE(explain({file, "--format", "svg", "--title", "Another name"}).out, svg);
}

TEST_F(ExplainTest, has_nothing_to_explain_in_silence) {
    folder_.write("silence.wav", float_wav(std::vector<float>(44'100, 0.0F), 22'050, 1));
    const Outcome outcome = explain({path("silence.wav"), "--tag", "Rock"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, HasSubstr("silent: no tags to explain"));
    EXPECT_THAT(outcome.err, HasSubstr("silence.wav: warning: silent"));
    EXPECT_EQ(explain({path("silence.wav"), "--out", path("silence.png")}).exit_status, 0);
}

TEST_F(ExplainTest, writes_no_file_whose_ending_is_that_of_no_format) {
    const Outcome outcome = explain({path("none.wav"), "--out", path("out.csv")});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.err, "earmark: --out: " + path("out.csv") +
                               ": expected --format, or a name that ends with .txt, .json, .png or .svg\n");
}

TEST_F(ExplainTest, writes_nothing_for_a_file_that_cannot_be_read) {
    const Outcome outcome = explain({path("none.wav"), "--out", path("none.json")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, is_one_line_about(path("none.wav")));
    EXPECT_FALSE(std::filesystem::exists(path("none.json")));
}

TEST(SignedNumber, has_no_sign_where_it_is_rounded_to_nothing) {
    EXPECT_EQ(signed_number(0.251), "+0.25");
    EXPECT_EQ(signed_number(-0.251), "-0.25");
    EXPECT_EQ(signed_number(-0.004), "0.00");
    EXPECT_EQ(signed_number(-0.004, 3), "-0.004");
}

TEST(MomentDigits, show_the_contributions_of_moments_in_long_songs_and_in_short_ones) {
    const auto shown = [](double greatest) {
        TagExplanation tag;
        tag.moments = {{0.0, 10.0, greatest / 3.0}, {1.0, 11.0, -greatest}};
        return signed_number(greatest, moment_digits(tag));
    };
    EXPECT_EQ(shown(12.799), "+12.8");
    EXPECT_EQ(shown(1.0234), "+1.02");
    EXPECT_EQ(shown(0.2345), "+0.23");
    EXPECT_EQ(shown(0.0712), "+0.071");
    EXPECT_EQ(shown(0.00712), "+0.0071");
    EXPECT_EQ(shown(0.0), "0.00");
}

TEST(ResponsePeak, has_the_bands_with_at_least_half_of_the_greatest_response) {
    const std::vector<double> centers_hz{100.0, 200.0, 300.0, 400.0, 1500.0, 3210.0};
    EXPECT_EQ(hz_text(response_peak(std::vector<float>{0.9F, 0.4F, 0.6F, 1.0F, 0.5F, 0.1F}, centers_hz)),
              "300 to 1500 Hz");
    EXPECT_EQ(hz_text(response_peak(std::vector<float>{0.0F, 2.0F, 0.0F, 0.0F, 0.0F, 0.0F}, centers_hz)), "200 Hz");
    EXPECT_EQ(hz_text(response_peak(std::vector<float>{0.0F, 0.0F, 0.0F, 0.0F, 1.0F, 1.0F}, centers_hz)),
              "1.5 to 3.2 kHz");
}

}  // namespace
}  // namespace earmark
