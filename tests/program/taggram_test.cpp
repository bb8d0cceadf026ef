// `earmark taggram`: what it prints, and that the formats of other programs can be read by the rules of these formats.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>

#include "tests/program/fixture.h"
#include "tests/support/float_wav.h"

namespace earmark {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

struct Event {
    double start_s = 0.0;
    double end_s = 0.0;
    std::string label;
    double value = 0.0;
};

std::vector<std::string> split(const std::string& line, char separator) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, separator);) fields.push_back(field);
    return fields;
}

std::string contents(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Of a song of two seconds, in windows of half a second every tenth of one, by a model whose tags come and go: their
// thresholds are in the middle of the probabilities that they have.
class TaggramTest : public ProgramTest {
protected:
    TaggramTest() {
        const std::string name = song("song.wav");
        Model changed = model_of_the_tests();
        changed.tags[2].name = R"(Piano, "grand" & <loud>)";
        const Json json = Json::parse(taggram({"--all", "--format", "json"}).out);
        for (const Json& tag : json["tags"]) {
            auto probabilities = tag["probabilities"].get<std::vector<double>>();
            std::ranges::sort(probabilities);
            for (Tag& own : changed.tags)
                if (own.name == tag["tag"] ||
                    (own.category == TagCategory::instrument && tag["category"] == "instrument"))
                    own.threshold = static_cast<float>(probabilities[probabilities.size() / 2]);
        }
        write_model(changed, model());
    }

    Outcome taggram(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"taggram", "--model", model(), "--window", "0.5", "--hop", "0.1",
                                             "--end-share", "0.99", path("song.wav")});
        return run_earmark(arguments);
    }

    Json json(std::vector<std::string> arguments = {}) const {
        arguments.insert(arguments.end(), {"--format", "json"});
        return Json::parse(taggram(arguments).out);
    }

    // Those of the JSON, which has them with six digits, by start, equals as the tags are ordered.
    std::vector<Event> events() const {
        std::vector<Event> events;
        const Json taggram = json();
        for (const Json& tag : taggram["tags"])
            for (const Json& event : tag["events"])
                events.push_back({event["start_s"], event["end_s"], tag["tag"], event["peak_probability"]});
        std::ranges::stable_sort(events, {}, &Event::start_s);
        return events;
    }

    static void expect_equal(const std::vector<Event>& found, const std::vector<Event>& expected, double tolerance_s) {
        ASSERT_EQ(found.size(), expected.size());
        EXPECT_GE(found.size(), 4U);
        for (std::size_t i = 0; i < found.size(); ++i) {
            EXPECT_NEAR(found[i].start_s, expected[i].start_s, tolerance_s);
            EXPECT_NEAR(found[i].end_s, expected[i].end_s, tolerance_s);
            EXPECT_EQ(found[i].label, expected[i].label);
        }
    }
};

TEST_F(TaggramTest, prints_the_times_of_the_tags_by_category) {
    const Outcome outcome = taggram({});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, StartsWith(path("song.wav") + "  0:02  (probability in the whole song; "
                                                           "times at which it is present)\n  genre\n    Rock"));
    EXPECT_THAT(outcome.out, testing::ContainsRegex("  mood\n    Calm +0\\.[0-9][0-9]  0:0[0-2]-0:0[0-2]"));
}

TEST_F(TaggramTest, json_has_windows_probabilities_and_events_that_agree) {
    const Json taggram = json({"--all"});
    EXPECT_EQ(taggram["path"], path("song.wav"));
    EXPECT_EQ(taggram["status"], "ok");
    EXPECT_EQ(taggram["window"], Json({{"duration_s", 0.5}, {"hop_s", 0.1}}));
    EXPECT_EQ(taggram["model"]["name"], "small");
    EXPECT_THAT(taggram["tags"], SizeIs(5));
    const std::size_t count = taggram["windows"]["start_s"].size();
    EXPECT_GE(count, 16U);
    EXPECT_NEAR(taggram["windows"]["end_s"][count - 1], taggram["duration_s"], 1e-6);
    for (const Json& tag : taggram["tags"]) {
        const auto probabilities = tag["probabilities"].get<std::vector<double>>();
        ASSERT_EQ(probabilities.size(), count);
        EXPECT_EQ(tag["peak_probability"], *std::ranges::max_element(probabilities));
        ASSERT_THAT(tag["events"], Not(IsEmpty()));
        for (const Json& event : tag["events"]) {
            EXPECT_GE(event["peak_probability"], tag["threshold"]);
            EXPECT_LT(event["start_s"], event["end_s"]);
        }
    }
}

TEST_F(TaggramTest, has_the_tags_of_the_whole_song_that_earmark_tag_has) {
    const Json tagged = Json::parse(tag({"--format", "json", "--all", path("song.wav")}).out);
    const Json taggram = json({"--all"});
    for (const Json& tag : tagged["tags"]) {
        const auto found = std::ranges::find(taggram["tags"], tag["tag"], [](const Json& own) { return own["tag"]; });
        ASSERT_NE(found, taggram["tags"].end());
        EXPECT_EQ((*found)["clip_probability"], tag["probability"]);
    }
}

TEST_F(TaggramTest, csv_has_a_row_for_each_window_and_a_column_for_each_tag) {
    const Json expected = json({"--all"});
    const std::vector<std::string> lines = lines_of(taggram({"--all", "--format", "csv"}).out);
    ASSERT_EQ(lines.size(), expected["windows"]["start_s"].size() + 1);
    EXPECT_THAT(lines[0], StartsWith("start_s,end_s,Rock,Calm,\"Piano, \"\"grand\"\" & <loud>\",Choir,80s"));
    for (std::size_t row = 1; row < lines.size(); ++row) {
        const std::vector<std::string> fields = split(lines[row], ',');
        ASSERT_THAT(fields, SizeIs(7));
        EXPECT_NEAR(std::stod(fields[0]), expected["windows"]["start_s"][row - 1], 1e-3);
        for (std::size_t tag = 0; tag < 5; ++tag)
            EXPECT_NEAR(std::stod(fields[2 + tag]), expected["tags"][tag]["probabilities"][row - 1], 1e-9);
    }
}

TEST_F(TaggramTest, shows_only_so_many_tags) {
    EXPECT_THAT(json({"--top", "2"})["tags"], SizeIs(2));
    EXPECT_EQ(taggram({"--top", "2", "--all"}).exit_status, 2);
}

// Audacity, "Importing and Exporting Labels": start, end and label in seconds with a point, between them TABs.
TEST_F(TaggramTest, audacity_labels_are_its_events) {
    std::vector<Event> found;
    for (const std::string& line : lines_of(taggram({"--format", "audacity"}).out)) {
        const std::vector<std::string> fields = split(line, '\t');
        ASSERT_THAT(fields, SizeIs(3));
        found.push_back({std::stod(fields[0]), std::stod(fields[1]), fields[2]});
    }
    expect_equal(found, events(), 1e-5);
}

// Sonic Visualiser's regions: time, value, duration and label; a text with commas is in quotes, which are doubled in
// it.
TEST_F(TaggramTest, sonic_visualiser_csv_is_its_events) {
    const std::regex row(R"re(^([0-9.]+),([0-9.]+),([0-9.]+),(?:"((?:[^"]|"")*)"|([^",]*))$)re");
    std::vector<Event> found;
    for (const std::string& line : lines_of(taggram({"--format", "sonic-visualiser"}).out)) {
        std::smatch fields;
        ASSERT_TRUE(std::regex_match(line, fields, row)) << line;
        const std::string label = std::regex_replace(fields[4].str(), std::regex("\"\""), "\"") + fields[5].str();
        const double start_s = std::stod(fields[1]);
        found.push_back({start_s, start_s + std::stod(fields[3]), label, std::stod(fields[2])});
    }
    expect_equal(found, events(), 1e-5);
    const std::vector<Event> expected = events();
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i].value, expected[i].value, 1e-6);
}

// DCASE: filename, onset, offset, event_label.
TEST_F(TaggramTest, dcase_rows_are_its_events) {
    std::vector<std::string> lines = lines_of(taggram({"--format", "dcase"}).out);
    EXPECT_EQ(lines.front(), "filename\tonset\toffset\tevent_label");
    lines.erase(lines.begin());
    std::vector<Event> found;
    for (const std::string& line : lines) {
        const std::vector<std::string> fields = split(line, '\t');
        ASSERT_THAT(fields, SizeIs(4));
        EXPECT_EQ(fields[0], "song.wav");
        found.push_back({std::stod(fields[1]), std::stod(fields[2]), fields[3]});
    }
    expect_equal(found, events(), 1e-3);
}

double cue_time_s(const std::string& text) {
    EXPECT_TRUE(std::regex_match(text, std::regex("[0-9]{2,}:[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}"))) << text;
    return std::stod(text.substr(0, 2)) * 3600 + std::stod(text.substr(3, 2)) * 60 + std::stod(text.substr(6));
}

// W3C WebVTT: the signature, then blocks between empty lines: times, and text in which & and < are escaped.
TEST_F(TaggramTest, web_vtt_has_a_cue_for_each_stretch_with_its_tags) {
    const std::vector<std::string> lines = lines_of(taggram({"--format", "vtt"}).out);
    const Json expected = json();
    ASSERT_EQ(lines.front(), "WEBVTT");
    ASSERT_EQ(lines.size() % 3, 1U);
    double last_end_s = 0.0;
    bool has_escapes = false;
    for (std::size_t i = 1; i < lines.size(); i += 3) {
        EXPECT_EQ(lines[i], "");
        const std::size_t arrow = lines[i + 1].find(" --> ");
        ASSERT_NE(arrow, std::string::npos);
        const double start_s = cue_time_s(lines[i + 1].substr(0, arrow));
        const double end_s = cue_time_s(lines[i + 1].substr(arrow + 5));
        EXPECT_GE(start_s, last_end_s);
        EXPECT_GT(end_s, start_s);
        last_end_s = end_s;
        std::vector<std::string> present;
        for (const Json& tag : expected["tags"])
            for (const Json& event : tag["events"])
                if (event["start_s"] < (start_s + end_s) / 2 && event["end_s"] > (start_s + end_s) / 2)
                    present.push_back(tag["tag"]);
        std::string names;
        for (const std::string& name : present) names += (names.empty() ? "" : ", ") + name;
        std::string text = lines[i + 2];
        EXPECT_THAT(text, Not(HasSubstr("<")));
        has_escapes = has_escapes || text.find("&amp; &lt;") != std::string::npos;
        for (const auto& [escape, letter] : {std::pair("&lt;", "<"), {"&gt;", ">"}, {"&amp;", "&"}})
            text = std::regex_replace(text, std::regex(escape), letter);
        EXPECT_EQ(text, names);
    }
    EXPECT_TRUE(has_escapes);
}

// taggram_test.py validates it with the package jams.
TEST_F(TaggramTest, jams_has_an_annotation_for_each_category) {
    const Json jams = Json::parse(taggram({"--format", "jams"}).out);
    std::vector<Event> found;
    for (const Json& annotation : jams["annotations"]) {
        EXPECT_EQ(annotation["namespace"], "tag_open");
        EXPECT_EQ(annotation["duration"], jams["file_metadata"]["duration"]);
        for (const Json& row : annotation["data"]) {
            const double start_s = row["time"];
            found.push_back({start_s, start_s + row["duration"].get<double>(), row["value"]});
        }
    }
    std::ranges::stable_sort(found, {}, &Event::start_s);
    expect_equal(found, events(), 1e-5);
    EXPECT_THAT(jams["annotations"], SizeIs(5));
}

// PNG, section 11.2.2: width and height are the first numbers of the header.
std::size_t number_at(const std::string& bytes, std::size_t first) {
    std::size_t number = 0;
    for (std::size_t i = first; i < first + 4; ++i) number = number * 256 + static_cast<unsigned char>(bytes.at(i));
    return number;
}

TEST_F(TaggramTest, draws_pictures_of_the_width_that_is_wanted) {
    EXPECT_EQ(taggram({"--out", path("a.png")}).exit_status, 0);
    EXPECT_EQ(taggram({"--out", path("dark.png"), "--theme", "dark", "--width", "800"}).exit_status, 0);
    const std::string png = contents(path("a.png"));
    EXPECT_THAT(png, StartsWith("\x89PNG\r\n\x1a\n"));
    EXPECT_EQ(number_at(png, 16), 1'200U);
    EXPECT_EQ(number_at(contents(path("dark.png")), 16), 800U);
    const Outcome svg = taggram({"--format", "svg", "--title", "A <title> & 日本"});
    EXPECT_THAT(svg.out, HasSubstr("<svg "));
    EXPECT_EQ(svg.out, taggram({"--format", "svg", "--title", "A <title> & 日本"}).out);
    EXPECT_NE(svg.out, taggram({"--format", "svg"}).out);
}

TEST_F(TaggramTest, takes_the_format_from_the_ending_of_the_output) {
    for (const auto& [ending, format] : std::initializer_list<std::pair<std::string, std::string>>{{".csv", "csv"},
                                                                                                   {".json", "json"},
                                                                                                   {".npz", "npz"},
                                                                                                   {".svg", "svg"},
                                                                                                   {".txt", "audacity"},
                                                                                                   {".tsv", "dcase"},
                                                                                                   {".vtt", "vtt"},
                                                                                                   {".jams", "jams"}}) {
        const Outcome outcome = taggram({"--out", path("out" + ending)});
        EXPECT_EQ(outcome.exit_status, 0) << ending;
        EXPECT_EQ(outcome.out, "");
        if (format == "npz") continue;  // such a file has the time at which it was written
        EXPECT_EQ(contents(path("out" + ending)), taggram({"--format", format}).out) << ending;
    }
    const Outcome unknown = taggram({"--out", path("out.xyz")});
    EXPECT_EQ(unknown.exit_status, 2);
    EXPECT_THAT(unknown.err, is_one_line_about("--out: "));
    EXPECT_EQ(taggram({"--out", path("none/out.csv")}).exit_status, 2);
}

TEST_F(TaggramTest, of_silence_has_no_tags_in_any_format) {
    folder_.write("song.wav", float_wav(std::vector<float>(44'100), 22'050, 1));
    for (const char* format :
         {"text", "csv", "json", "npz", "png", "svg", "audacity", "sonic-visualiser", "dcase", "vtt", "jams"}) {
        const Outcome outcome = taggram({"--format", format});
        EXPECT_EQ(outcome.exit_status, 0) << format;
        EXPECT_THAT(outcome.err, HasSubstr(": warning: silent: no tags"));
    }
    EXPECT_THAT(json()["tags"], IsEmpty());
    EXPECT_EQ(taggram({"--format", "audacity"}).out, "");
    EXPECT_EQ(taggram({"--format", "vtt"}).out, "WEBVTT\n");
}

TEST_F(TaggramTest, of_what_is_no_audio_is_an_error_and_writes_nothing) {
    folder_.write("song.wav", "no music");
    const Outcome outcome = taggram({"--out", path("out.png")});
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.err, is_one_line_about(path("song.wav")));
    EXPECT_FALSE(std::filesystem::exists(path("out.png")));
    const Outcome of_model = run_earmark({"taggram", model()});
    EXPECT_EQ(of_model.exit_status, 1);
    EXPECT_THAT(of_model.err, HasSubstr("is a model file; name it with --model"));
}

}  // namespace
}  // namespace earmark
