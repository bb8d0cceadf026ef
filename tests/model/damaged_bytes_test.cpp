// Damages a valid file below the level of its fields: cut, lengthened, bytes changed, JSON that is none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>

#include "model/safetensors.h"
#include "model_bytes.h"

namespace earmark {
namespace {

using test::Bytes;
using test::parse_problem;
using testing::HasSubstr;
using testing::StartsWith;

TEST(CutFile, is_an_error_at_every_length) {
    const Bytes bytes = serialize_model(test::tiny_model());
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        const std::string problem = parse_problem(std::span(bytes).first(length));
        ASSERT_THAT(problem, testing::AnyOf(StartsWith("not an Earmark model"), HasSubstr("cut short"))) << length;
    }
}

TEST(LongFile, is_an_error) {
    Bytes bytes = serialize_model(test::tiny_model());
    bytes.resize(bytes.size() + 1);
    EXPECT_EQ(parse_problem(bytes), "1 byte too many behind the data of the last tensor");
    bytes.resize(bytes.size() + 2);
    EXPECT_EQ(parse_problem(bytes), "3 bytes too many behind the data of the last tensor");
}

// Every byte with one of its bits, and all bits of those in which the checksum is.
TEST(FlippedBit, anywhere_in_a_file_with_a_checksum_is_an_error) {
    Bytes bytes = serialize_model(test::tiny_model());
    ASSERT_EQ(test::problem_of(bytes).message, "");
    const std::size_t first_count = 8 * 64;
    for (std::size_t bit = 0; bit < 8 * bytes.size(); bit += bit < first_count ? 1 : 9) {
        bytes[bit / 8] ^= std::byte{1} << bit % 8;
        const test::Problem problem = test::problem_of(bytes);
        ASSERT_TRUE(problem.is_well_formed) << bit << ": " << problem.message;
        ASSERT_NE(problem.message, "") << "bit " << bit % 8 << " of byte " << bit / 8;
        bytes[bit / 8] ^= std::byte{1} << bit % 8;
    }
}

class FlippedByte : public testing::TestWithParam<int> {};

TEST_P(FlippedByte, of_the_header_is_an_error_or_leaves_a_model) {
    Bytes bytes = serialize_without_checksum(test::tiny_model());
    const std::size_t header_end = 8 + test::header_text(bytes).size();
    std::size_t problem_count = 0;
    for (std::size_t i = 0; i < header_end; ++i) {
        const std::byte original = bytes[i];
        bytes[i] ^= static_cast<std::byte>(GetParam());
        const test::Problem problem = test::problem_of(bytes);
        ASSERT_TRUE(problem.is_well_formed) << i << ": " << problem.message;
        problem_count += problem.message.empty() ? 0 : 1;
        bytes[i] = original;
    }
    EXPECT_GT(problem_count, header_end / 2);
}

INSTANTIATE_TEST_SUITE_P(Masks, FlippedByte, testing::Values(0x01, 0x10, 0x80, 0xFF));

TEST(FlippedByteOfData, is_an_error_or_leaves_a_model) {
    Bytes bytes = serialize_without_checksum(test::tiny_model());
    for (std::size_t i = 8 + test::header_text(bytes).size(); i < bytes.size(); ++i) {
        bytes[i] ^= std::byte{0x7F};
        const std::string problem = parse_problem(bytes);
        if (!problem.empty()) {
            ASSERT_THAT(problem, testing::MatchesRegex("(network|classifier)\\..*\\[.*\\] is .*")) << i;
        }
        bytes[i] ^= std::byte{0x7F};
    }
}

std::string problem_with_checksum(const std::string& checksum, const char* version = "3") {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["__metadata__"]["format_version"] = version;
    parts.header["__metadata__"]["checksum"] = checksum;
    return parse_problem(test::with_description(parts.description.dump(), parts));
}

TEST(Checksum, that_is_not_that_of_the_bytes_is_an_error_with_both) {
    EXPECT_THAT(problem_with_checksum("0123456789abcdef"),
                testing::MatchesRegex("the file is damaged: __metadata__.checksum is 0123456789abcdef, "
                                      "that of its bytes is [0-9a-f]{16}"));
}

TEST(Checksum, of_any_other_form_is_an_error) {
    for (const char* form : {"", "0", "0123456789ABCDEF", "0123456789abcdef0", "0123456789abcdeg", "\"0123456789abcde"})
        EXPECT_THAT(problem_with_checksum(form), HasSubstr(": expected 16 hexadecimal digits")) << form;
}

TEST(Checksum, is_no_key_of_an_older_version) {
    for (const char* version : {"1", "2"}) {
        EXPECT_EQ(problem_with_checksum("0123456789abcdef", version),
                  "__metadata__.checksum is not a key of this format version");
    }
}

TEST(Checksum, is_found_behind_a_description_that_has_its_digits) {
    Model model = test::tiny_model();
    model.name = "\"0000000000000000\",";
    const Bytes bytes = serialize_model(model);
    EXPECT_EQ(parse_model(bytes, "tiny.earmark").name, model.name);
}

/// A valid file with other numbers at the start of a tensor.
template <typename Number>
Bytes with_number(const std::string& tensor, Number number) {
    test::ModelParts parts = test::tiny_model_parts();
    const auto offset = parts.header[tensor]["data_offsets"][0].get<std::size_t>();
    std::memcpy(parts.data.data() + offset, &number, sizeof(number));
    return test::join(parts);
}

TEST(Weight, that_is_not_a_number_is_named) {
    EXPECT_THAT(parse_problem(with_number("network.0.dense.weight", std::uint16_t{0x7E00})),
                StartsWith("network.0.dense.weight[0] is nan"));
}

TEST(Weight, that_is_infinite_is_named) {
    EXPECT_THAT(parse_problem(with_number("classifier.layer.1.weight", std::uint16_t{0xFC00})),
                StartsWith("classifier.layer.1.weight[0] is -inf"));
}

TEST(Bias, that_is_not_a_number_is_named) {
    EXPECT_THAT(parse_problem(with_number("network.1.output.bias", std::nanf(""))),
                StartsWith("network.1.output.bias[0] is nan"));
}

class Deviation : public testing::TestWithParam<float> {};

TEST_P(Deviation, that_is_not_a_positive_number_is_named) {
    EXPECT_THAT(parse_problem(with_number("classifier.deviation", GetParam())),
                StartsWith("classifier.deviation[0] is "));
}

INSTANTIATE_TEST_SUITE_P(Values, Deviation, testing::Values(0.0F, -0.0F, -1.0F, 1e-40F, HUGE_VALF));

class MissingTensor : public testing::TestWithParam<std::size_t> {};

TEST_P(MissingTensor, is_named) {
    const Bytes bytes = serialize_without_checksum(test::tiny_model());
    safetensors::Contents contents = safetensors::parse(bytes);
    const std::string name = contents.tensors.at(GetParam()).name;
    contents.tensors.erase(contents.tensors.begin() + static_cast<long>(GetParam()));
    EXPECT_EQ(parse_problem(safetensors::serialize(contents)), "header." + name + " is missing");
}

INSTANTIATE_TEST_SUITE_P(Tensors, MissingTensor, testing::Range(std::size_t{0}, std::size_t{20}));

TEST(Tensor, that_the_description_does_not_have_is_named) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["network.2.dense.weight"] = {
        {"dtype", "F32"}, {"shape", {0}}, {"data_offsets", {parts.data.size(), parts.data.size()}}};
    EXPECT_EQ(parse_problem(test::join(parts)),
              "header.network.2.dense.weight is not a tensor of the model that is described");
}

TEST(Tensor, of_another_type_of_the_same_size_is_named) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["network.0.dense.weight"]["dtype"] = "BF16";
    EXPECT_EQ(parse_problem(test::join(parts)), "header.network.0.dense.weight.dtype is BF16: expected F16");
}

TEST(Tensor, of_another_shape_of_the_same_size_is_named) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.header["network.0.convolution.0.weight"]["shape"] = {3, 8, 4};
    EXPECT_EQ(parse_problem(test::join(parts)),
              "header.network.0.convolution.0.weight.shape is [3, 8, 4]: expected [4, 8, 3]");
}

TEST(Tensor, whose_weights_are_float32_against_the_weight_type_is_named) {
    test::ModelParts parts = test::tiny_model_parts();
    parts.description["weight_type"] = "float32";
    EXPECT_THAT(parse_problem(test::with_description(parts.description.dump())),
                HasSubstr(".dtype is F16: expected F32"));
}

struct TextCase {
    const char* name;
    std::string text;
    const char* problem;
};

class DescriptionJson : public testing::TestWithParam<TextCase> {};

TEST_P(DescriptionJson, that_is_not_strict_json_is_an_error) {
    EXPECT_THAT(parse_problem(test::with_description(GetParam().text)), StartsWith(GetParam().problem));
}

const TextCase description_texts[] = {
    {"empty", "", "description is not JSON"},
    {"words", "tags: rock", "description is not JSON"},
    {"cut", R"({"name": "ti)", "description is not JSON"},
    {"two_values", "{} {}", "description is not JSON"},
    {"zero_byte", std::string("{}\0{}", 5), "description is not JSON: zero byte at byte 2"},
    {"comment", "{/* */}", "description is not JSON"},
    {"nan", R"({"name": NaN})", "description is not JSON"},
    {"number_beyond_double", R"({"name": 1e999})", "description has a number that is out of range"},
    {"lone_surrogate", R"({"name": "\ud800"})", "description is not JSON"},
    {"key_twice", R"({"name": "a", "name": "b"})", "description has the key \"name\" twice"},
    {"inner_key_twice", R"({"tags": [{}, {"x": {"y": 1, "y": 2}}]})", "description has the key \"y\" twice"},
    {"deep_arrays", std::string(100'000, '['), "description is nested deeper than 16"},
    {"deep_and_closed", std::string(17, '[') + std::string(17, ']'), "description is nested deeper than 16"},
    {"array", "[]", "description is an array: expected an object"},
    {"number", "1", "description is 1: expected an object"},
};

INSTANTIATE_TEST_SUITE_P(Texts, DescriptionJson, testing::ValuesIn(description_texts),
                         [](const auto& instance) { return std::string(instance.param.name); });

class HeaderJson : public testing::TestWithParam<TextCase> {};

TEST_P(HeaderJson, that_is_not_strict_json_is_an_error) {
    EXPECT_THAT(parse_problem(test::with_header(GetParam().text, {})), StartsWith(GetParam().problem));
}

const TextCase header_texts[] = {
    {"cut", "{", "header is not JSON"},
    {"zero_byte", std::string("{}\0", 3), "header is not JSON: zero byte at byte 2"},
    {"not_utf8", "{\"\xFF\": {}}", "header is not JSON"},
    {"overlong_utf8", "{\"\xC0\x80\": {}}", "header is not JSON"},
    {"tensor_twice", R"({"a": {}, "a": {}})", "header has the key \"a\" twice"},
    {"deep", R"({"a": )" + std::string(50'000, '['), "header is nested deeper than 16"},
    {"tensor_that_is_a_number", R"({"a": 1})", "header.a is 1: expected an object"},
    {"tensor_with_another_key", R"({"a": {"dtype": "F32", "shape": [], "data_offsets": [0, 0], "color": 1}})",
     "header.a.color is not a key"},
};

INSTANTIATE_TEST_SUITE_P(Texts, HeaderJson, testing::ValuesIn(header_texts),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace earmark
