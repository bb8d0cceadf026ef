#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "model/safetensors.h"
#include "model_bytes.h"

namespace earmark {
namespace {

using safetensors::Contents;
using testing::HasSubstr;

/// The error of the container for this header before `data_bytes` bytes of data.
std::string problem_of(const std::string& header, std::size_t data_bytes) {
    try {
        safetensors::parse(test::with_header(header, test::Bytes(data_bytes)));
        return "";
    } catch (const Error& error) {
        return error.what();
    }
}

TEST(Container, gives_back_what_was_put_in) {
    const test::Bytes first = test::to_bytes("abcdefgh");
    const test::Bytes second = test::to_bytes("ijkl");
    const Contents contents{{{"key", "value \"quoted\""}}, {{"b", "F16", {2, 2}, first}, {"a", "F32", {1}, second}}};
    const test::Bytes bytes = safetensors::serialize(contents);
    const Contents copy = safetensors::parse(bytes);
    EXPECT_EQ(copy.metadata, contents.metadata);
    ASSERT_EQ(copy.tensors.size(), 2U);
    EXPECT_EQ(copy.tensors[0].name, "b");
    EXPECT_EQ(copy.tensors[0].type, "F16");
    EXPECT_EQ(copy.tensors[0].shape, (std::vector<std::uint64_t>{2, 2}));
    EXPECT_TRUE(std::equal(first.begin(), first.end(), copy.tensors[0].data.begin(), copy.tensors[0].data.end()));
    EXPECT_TRUE(std::equal(second.begin(), second.end(), copy.tensors[1].data.begin(), copy.tensors[1].data.end()));
}

TEST(Container, starts_its_data_at_a_multiple_of_8) {
    for (int length = 0; length < 9; ++length) {
        const test::Bytes data = test::to_bytes("abcdefgh");
        const test::Bytes bytes = safetensors::serialize({{}, {{std::string(1 + length, 'n'), "F64", {1}, data}}});
        EXPECT_EQ(bytes.size() % 8, 0U);
        EXPECT_EQ(bytes[8], std::byte{'{'});
    }
}

TEST(Container, without_tensors_is_fine) { EXPECT_EQ(problem_of("{}", 0), ""); }

TEST(Container, takes_tensors_in_any_order_of_the_header) {
    EXPECT_EQ(problem_of(R"({"b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]},
                             "a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}})",
                         12),
              "");
}

TEST(Container, takes_scalars_and_tensors_without_elements) {
    EXPECT_EQ(problem_of(R"({"b": {"dtype": "U8", "shape": [3], "data_offsets": [0, 3]},
                             "a": {"dtype": "F32", "shape": [0, 5], "data_offsets": [0, 0]},
                             "z": {"dtype": "F32", "shape": [0], "data_offsets": [3, 3]},
                             "c": {"dtype": "BOOL", "shape": [], "data_offsets": [3, 4]}})",
                         4),
              "");
}

TEST(Container, refuses_a_header_that_no_reader_takes) {
    const Contents contents{{{"key", std::string(safetensors::greatest_header_bytes, 'x')}}, {}};
    EXPECT_THROW(safetensors::serialize(contents), Error);
}

struct OffsetCase {
    const char* name;
    const char* header;
    const char* problem;
};

class ContainerOffsets : public testing::TestWithParam<OffsetCase> {};

TEST_P(ContainerOffsets, that_do_not_fit_are_named) {
    EXPECT_THAT(problem_of(GetParam().header, 8), HasSubstr(GetParam().problem));
}

const OffsetCase offset_cases[] = {
    {"beyond_the_end", R"({"a": {"dtype": "F32", "shape": [3], "data_offsets": [0, 12]}})",
     "header.a.data_offsets [0, 12]"},
    {"backwards", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}})", "header.a.data_offsets [8, 0]"},
    {"one_number", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [8]}})",
     "header.a.data_offsets is an array"},
    {"three_numbers", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 4, 8]}})", "expected [begin, end]"},
    {"negative", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}})", "header.a.data_offsets[0] is -8"},
    {"fraction", R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8.0]}})",
     "header.a.data_offsets[1] is 8.0"},
    {"wider_than_shape", R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 8]}})",
     "header.a.data_offsets hold 8"},
    {"gap_at_start", R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})",
     "header.a.data_offsets must begin at 0, not 4"},
    {"gap_at_end", R"({"a": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}})",
     "4 bytes too many behind the data"},
    {"overlap",
     R"({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
         "b": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}})",
     "header.b.data_offsets must begin at 8, not 4"},
    {"shape_overflows_to_zero", R"({"a": {"dtype": "F32", "shape": [4294967296, 4294967296], "data_offsets": [0, 0]}})",
     "header.a.data_offsets hold 0"},
    {"shape_overflows_to_eight", R"({"a": {"dtype": "F64", "shape": [2305843009213693953], "data_offsets": [0, 8]}})",
     "header.a.data_offsets hold 8"},
    {"shape_of_many_dimensions",
     R"({"a": {"dtype": "F64", "shape": [1, 1, 1, 1, 1, 1, 1, 1, 1], "data_offsets": [0, 8]}})",
     "header.a.shape is an array"},
    {"unknown_type", R"({"a": {"dtype": "F33", "shape": [2], "data_offsets": [0, 8]}})", "header.a.dtype is \"F33\""},
    {"strange_name", R"({"a\n\u001b": {"dtype": "F33", "shape": [2], "data_offsets": [0, 8]}})",
     R"(header."a\n\u001b".dtype)"},
    {"metadata_of_numbers", R"({"__metadata__": {"a": 1}})", "__metadata__.a is 1: expected a text"},
    {"metadata_of_another_type", R"({"__metadata__": []})", "__metadata__ is an array: expected an object"},
};

INSTANTIATE_TEST_SUITE_P(Cases, ContainerOffsets, testing::ValuesIn(offset_cases),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(Container, cuts_long_names_in_messages) {
    const std::string name(100'000, 'x');
    EXPECT_LT(problem_of("{\"" + name + "\": 1}", 0).size(), 200U);
}

}  // namespace
}  // namespace earmark
