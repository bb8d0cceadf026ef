#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "model_bytes.h"

namespace earmark {
namespace {

std::string problem_with_version(const std::string& version, ErrorCode code) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"]["format_version"] = version;
    return test::parse_problem(test::join(parts), code);
}

class NewerVersion : public testing::TestWithParam<const char*> {};

TEST_P(NewerVersion, is_reported_as_newer) {
    EXPECT_EQ(problem_with_version(GetParam(), ErrorCode::unsupported_model),
              "format version " + std::string(GetParam()) + " is newer than this program reads (5); update Earmark");
}

INSTANTIATE_TEST_SUITE_P(Versions, NewerVersion, testing::Values("6", "10", "999999999"));

class StrangeVersion : public testing::TestWithParam<const char*> {};

TEST_P(StrangeVersion, is_unsupported) {
    EXPECT_THAT(problem_with_version(GetParam(), ErrorCode::unsupported_model),
                testing::StartsWith("__metadata__.format_version is \""));
}

INSTANTIATE_TEST_SUITE_P(Versions, StrangeVersion,
                         testing::Values("0", "-1", "", "one", "1.0", "01", " 1", "1 ", "+1", "0x1",
                                         "18446744073709551617", "9999999999"));

TEST(Version, of_a_newer_file_counts_before_its_fields) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"] = {{"format", "earmark"}, {"format_version", "6"}, {"something", "new"}};
    EXPECT_THAT(test::parse_problem(test::join(parts), ErrorCode::unsupported_model),
                testing::HasSubstr("newer than this program reads"));
}

std::string written_version(const Model& model) {
    return test::OrderedJson::parse(test::header_text(serialize_model(model)))["__metadata__"]["format_version"];
}

TEST(Version, of_a_file_that_is_written_is_three_the_first_with_a_checksum) {
    EXPECT_EQ(written_version(test::tiny_model()), "3");
    EXPECT_EQ(written_version(test::tiny_model_with_calibrations()), "3");
}

TEST(Version, of_a_file_that_is_written_is_four_when_facts_about_a_tag_are_in_it) {
    EXPECT_EQ(written_version(test::tiny_model_with_facts()), "4");
}

TEST(Version, of_a_file_that_is_written_is_five_when_its_classifier_has_members) {
    EXPECT_EQ(written_version(test::tiny_model_with_members()), "5");
}

TEST(Version, four_has_no_members_of_the_classifier) {
    test::ModelParts parts = test::parts_of(test::tiny_model_with_members());
    parts.header["__metadata__"]["format_version"] = "4";
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), parts)),
              "description.classifier.members is not a key of format version 4");
}

TEST(Version, three_has_no_gate) {
    Model model = test::tiny_model();
    model.gate = Gate{std::vector<float>(9), 0.0F, 0.5F, std::vector<float>(9), 1, 1.0F};
    EXPECT_EQ(oldest_format_version(model), 4);
    test::ModelParts parts = test::parts_of(model);
    parts.header["__metadata__"]["format_version"] = "3";
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), parts)),
              "description.gate is not a key of format version 3");
}

TEST(Version, three_has_no_facts_about_tags) {
    Model model = test::tiny_model_with_facts();
    model.gate.reset();
    test::ModelParts parts = test::parts_of(model);
    parts.header["__metadata__"]["format_version"] = "3";
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), parts)),
              "description.tags[0] has meaning, parent, source or score, which format version 3 does not have");
}

TEST(OldestVersion, is_that_which_has_what_the_model_needs) {
    Model model = test::tiny_model();
    EXPECT_EQ(oldest_format_version(model), 1);
    model.aggregation.across_segments = AcrossSegments::mean_and_deviation;
    EXPECT_EQ(oldest_format_version(model), 2);
    model.tags[1].calibration = Calibration::platt(1.0F, 0.0F);
    EXPECT_EQ(oldest_format_version(model), 3);
    model.aggregation.across_segments = AcrossSegments::mean;
    EXPECT_EQ(oldest_format_version(model), 3);
    for (const auto& set : std::vector<std::function<void(Tag&)>>{
             [](Tag& tag) { tag.meaning = "quiet"; }, [](Tag& tag) { tag.parent = "Soft"; },
             [](Tag& tag) { tag.source = "one teacher"; }, [](Tag& tag) { tag.score = TagScore{}; }}) {
        Model with_fact = model;
        set(with_fact.tags[1]);
        EXPECT_EQ(oldest_format_version(with_fact), 4);
    }
}

TEST(Version, one_has_no_deviations) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.description["aggregation"]["across_segments"] = "mean and deviation";
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump())),
              "description.aggregation.across_segments is not one of format version 1: expected mean");
}

class VersionWithoutCalibration : public testing::TestWithParam<const char*> {};

TEST_P(VersionWithoutCalibration, refuses_one_with_parameters) {
    test::ModelParts parts = test::parts_of(test::tiny_model_with_calibrations());
    if (std::string(GetParam()) == "1") parts.description["aggregation"]["across_segments"] = "mean";
    parts.header["__metadata__"]["format_version"] = GetParam();
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), parts)),
              "description.tags[0].calibration is not one of format version " + std::string(GetParam()) +
                  ": expected identity");
}

INSTANTIATE_TEST_SUITE_P(Versions, VersionWithoutCalibration, testing::Values("1", "2"));

TEST(Version, three_may_hold_a_model_that_an_older_one_could_hold) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"]["format_version"] = "3";
    EXPECT_EQ(test::parse_problem(test::with_description(parts.description.dump(), parts)), "");
}

TEST(Version, that_is_missing_is_named) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"].erase("format_version");
    EXPECT_EQ(test::parse_problem(test::join(parts)), "__metadata__.format_version is missing");
}

TEST(Format, of_another_program_is_not_an_earmark_model) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"]["format"] = "pt";
    EXPECT_THAT(test::parse_problem(test::join(parts)), testing::StartsWith("not an Earmark model: "));
}

TEST(Format, that_is_missing_is_not_an_earmark_model) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header.erase("__metadata__");
    EXPECT_THAT(test::parse_problem(test::join(parts)), testing::StartsWith("not an Earmark model: "));
}

TEST(Format, with_an_unknown_key_in_the_metadata_is_refused) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"]["color"] = "blue";
    EXPECT_EQ(test::parse_problem(test::join(parts)), "__metadata__.color is not a key of this format version");
}

struct Stranger {
    const char* name;
    std::string bytes;
};

class StrangeFile : public testing::TestWithParam<Stranger> {};

TEST_P(StrangeFile, is_not_an_earmark_model) {
    EXPECT_EQ(test::parse_problem(test::to_bytes(GetParam().bytes)), "not an Earmark model: no safetensors header");
}

const Stranger strangers[] = {
    {"empty", ""},
    {"one_byte", "x"},
    {"header_length_alone", std::string("\x02\0\0\0\0\0\0\0", 8)},
    {"text", "Earmark listens to music and says what it is.\n"},
    {"json", R"({"format": "earmark", "format_version": "1"})"},
    {"png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16)},
    {"zip", std::string("PK\x03\x04\x14\0\0\0\x08\0", 10)},
    {"zeros", std::string(1000, '\0')},
    {"header_of_gigabytes", std::string("\0\0\0\x40\0\0\0\0{}", 10)},
    {"header_that_is_an_array", std::string("\x02\0\0\0\0\0\0\0[]", 10)},
};

INSTANTIATE_TEST_SUITE_P(Files, StrangeFile, testing::ValuesIn(strangers),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace earmark
