#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using Json = nlohmann::json;

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
    std::vector<std::string> keys;
    for (const auto& [key, value] : object.items()) keys.push_back(key);
    return keys;
}

std::vector<double> probabilities_of(const Json& file) {
    std::vector<double> probabilities;
    for (const Json& tag : file["tags"]) probabilities.push_back(tag["probability"]);
    return probabilities;
}

class JsonTest : public ProgramTest {};

TEST_F(JsonTest, has_the_bytes_of_a_path_that_is_not_utf8) {
    const std::string name = song("caf\xE9.flac");
    const Json json = Json::parse(tag({"--format", "json", name}).out);
    EXPECT_EQ(json["path"], path("caf\uFFFD.flac"));
    std::string hexadecimal;
    for (const char byte : name) {
        char digits[3];
        std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
        hexadecimal += digits;
    }
    EXPECT_EQ(json["path_bytes"], hexadecimal);
    EXPECT_FALSE(Json::parse(tag({"--format", "json", song("café.flac")}).out).contains("path_bytes"));
}

TEST_F(JsonTest, of_one_file_is_an_object_with_the_keys_in_their_order) {
    const Outcome outcome = tag({"--format", "json", song("song.flac")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    const auto json = nlohmann::ordered_json::parse(outcome.out);
    EXPECT_THAT(keys_of(json), testing::ElementsAre("path", "status", "duration_s", "tags"));
    EXPECT_EQ(json["path"], path("song.flac"));
    EXPECT_DOUBLE_EQ(json["duration_s"].get<double>(), 2.0);
    ASSERT_EQ(json["tags"].size(), 5U);
    EXPECT_THAT(keys_of(json["tags"][0]), testing::ElementsAre("tag", "category", "probability", "present"));
}

TEST_F(JsonTest, of_one_file_has_every_tag_the_most_probable_first) {
    const Json json = Json::parse(tag({"--format", "json", song("song.flac")}).out);
    EXPECT_THAT(probabilities_of(json), testing::WhenSortedBy(std::greater<>(), probabilities_of(json)));
    std::vector<std::string> names;
    for (const Json& tag : json["tags"]) {
        names.push_back(tag["tag"].get<std::string>() + " " + tag["category"].get<std::string>() +
                        (tag["present"].get<bool>() ? " present" : ""));
    }
    EXPECT_THAT(names, testing::UnorderedElementsAre("Rock genre present", "Calm mood", "Piano instrument present",
                                                     "Choir voice", "80s era"));
}

TEST_F(JsonTest, of_two_files_is_an_array_in_the_order_of_the_call) {
    const Json json = Json::parse(tag({"--format", "json", song("b.flac"), song("a.flac")}).out);
    ASSERT_TRUE(json.is_array());
    ASSERT_EQ(json.size(), 2U);
    EXPECT_EQ(json[0]["path"], path("b.flac"));
    EXPECT_EQ(json[1]["path"], path("a.flac"));
}

TEST_F(JsonTest, of_one_file_that_fails_is_an_object_with_an_error) {
    const Outcome outcome = tag({"--format", "json", path("none.mp3")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_EQ(Json::parse(outcome.out),
              Json({{"path", path("none.mp3")}, {"status", "error"}, {"error", "no such file"}}));
}

TEST_F(JsonTest, of_a_folder_is_an_array_even_for_one_file) {
    song("album/song.flac");
    const Json json = Json::parse(tag({"--format", "json", path("album")}).out);
    ASSERT_TRUE(json.is_array());
    EXPECT_EQ(json.size(), 1U);
}

TEST_F(JsonTest, of_an_empty_list_is_an_empty_array) {
    const Outcome outcome = tag({"--format", "json", "-"});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(Json::parse(outcome.out), Json::array());
}

TEST_F(JsonTest, lines_are_one_object_a_file_with_an_error_for_one_that_failed) {
    const Outcome outcome = tag({"--format", "jsonl", song("a.flac"), path("none.mp3"), song("b.flac")});
    EXPECT_EQ(outcome.exit_status, 1);
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(Json::parse(lines[0])["path"], path("a.flac"));
    EXPECT_FALSE(Json::parse(lines[0]).contains("error"));
    EXPECT_EQ(Json::parse(lines[1])["error"], "no such file");
    EXPECT_EQ(Json::parse(lines[2])["tags"].size(), 5U);
}

TEST_F(JsonTest, lines_hold_the_same_objects_as_the_array) {
    const Json array = Json::parse(tag({"--format", "json", song("a.flac"), path("none.mp3")}).out);
    const std::vector<std::string> lines = lines_of(tag({"--format", "jsonl", path("a.flac"), path("none.mp3")}).out);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(Json::parse(lines[0]), array[0]);
    EXPECT_EQ(Json::parse(lines[1]), array[1]);
}

}  // namespace
}  // namespace earmark
