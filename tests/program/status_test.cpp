// What `earmark tag` prints of files in which there is nothing to tag.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"
#include "tests/support/float_wav.h"
#include "tests/support/lcg.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class StatusTest : public ProgramTest {
protected:
    std::string silence() const {
        folder_.write("silence.wav", float_wav(std::vector<float>(44'100), 22'050, 1));
        return path("silence.wav");
    }
    std::string click() const {
        folder_.write("click.wav", float_wav(Lcg(1).values(0.5F, 1'100), 22'050, 1));
        return path("click.wav");
    }
};

TEST_F(StatusTest, of_silence_is_a_warning_and_no_tag_is_present) {
    const Outcome outcome = tag({silence()});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "earmark: " + path("silence.wav") + ": warning: silent: no tags\n");
    EXPECT_EQ(outcome.out, path("silence.wav") + "  0:02\n  silent: no tags\n");
}

TEST_F(StatusTest, of_silence_leaves_nothing_to_list_in_text) {
    EXPECT_EQ(tag({"--all", silence()}).out, path("silence.wav") + "  0:02\n  silent: no tags\n");
    EXPECT_EQ(tag({"--top", "3", click()}).out, path("click.wav") + "  0:00\n  too short: no tags\n");
}

TEST_F(StatusTest, of_a_click_is_a_warning_and_no_tag_is_present) {
    const Outcome outcome = tag({click()});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "earmark: " + path("click.wav") + ": warning: too short: 0.05 s of sound has no tags\n");
    EXPECT_EQ(outcome.out, path("click.wav") + "  0:00\n  too short: no tags\n");
}

TEST_F(StatusTest, of_very_quiet_sound_stays_ok_with_a_warning) {
    folder_.write("quiet.wav", float_wav(Lcg(1).values(0.004F, 44'100), 22'050, 1));
    const Outcome outcome = tag({"--format", "json", path("quiet.wav")});
    const std::string warning = "very quiet, -53 dB where it is loudest: the tags are unsure";
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "earmark: " + path("quiet.wav") + ": warning: " + warning + "\n");
    const Json json = Json::parse(outcome.out);
    EXPECT_EQ(json["status"], "ok");
    EXPECT_EQ(json["warning"], warning);
    EXPECT_GT(json["tags"][0]["probability"], 0.0);
}

TEST_F(StatusTest, is_a_field_of_json) {
    const Json json =
        Json::parse(tag({"--format", "json", song("song.flac"), silence(), click(), path("none.mp3")}).out);
    EXPECT_EQ(json[0]["status"], "ok");
    EXPECT_EQ(json[1]["status"], "silent");
    EXPECT_EQ(json[1]["warning"], "silent: no tags");
    EXPECT_EQ(json[2]["status"], "too_short");
    EXPECT_EQ(json[3]["status"], "error");
    ASSERT_EQ(json[1]["tags"].size(), 5U);
    for (const Json& tag : json[1]["tags"]) {
        EXPECT_EQ(tag["probability"], 0.0);
        EXPECT_EQ(tag["present"], false);
    }
}

TEST_F(StatusTest, leaves_no_tag_present_at_any_threshold) {
    for (const char* format : {"json", "csv"})
        EXPECT_THAT(tag({"--format", format, "--threshold", "0", silence()}).out, Not(HasSubstr("true")));
}

TEST_F(StatusTest, is_always_ok_in_the_plain_way) {
    const Outcome outcome = tag({"--plain", "--format", "json", silence()});
    EXPECT_EQ(outcome.err, "");
    EXPECT_EQ(Json::parse(outcome.out)["status"], "ok");
    EXPECT_GT(Json::parse(outcome.out)["tags"][0]["probability"], 0.0);
}

}  // namespace
}  // namespace earmark
