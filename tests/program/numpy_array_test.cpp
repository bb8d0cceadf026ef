// Arrays that are damaged, or of another kind. embedding_arrays_test.py reads and writes whole ones with NumPy.
#include "apps/embed/numpy_array.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earmark/error.h"

namespace earmark {
namespace {

std::string with(std::string bytes, const std::string& old_text, const std::string& new_text) {
    const std::size_t place = bytes.find(old_text);
    EXPECT_NE(place, std::string::npos);
    return bytes.replace(place, old_text.size(), new_text);
}

void expect_error(const std::string& bytes, const std::string& expected) {
    try {
        parse_npy(bytes, "a.npy");
        ADD_FAILURE() << "expected an error: " << expected;
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unreadable);
        EXPECT_THAT(error.what(), testing::StartsWith("a.npy: expected "));
        EXPECT_THAT(error.what(), testing::HasSubstr(expected));
    }
}

TEST(NumpyArray, comes_back_as_it_was) {
    const std::vector<float> values{1.5F, -2.0F, 0.0F, 1e-20F, 3e30F, 7.0F};
    const std::string bytes = npy(values, {2, 3});
    EXPECT_EQ(bytes.size() % 64, 6 * sizeof(float));
    const NumpyArray array = parse_npy(bytes, "a.npy");
    EXPECT_EQ(array.shape, (std::vector<std::size_t>{2, 3}));
    EXPECT_EQ(floats(array, "a.npy"), values);
    const std::vector<std::string> names{"", "a", "caf\xE9", "\xE2\x82\xAC", "\xF0\x9F\x8E\xB5"};
    const std::string name_bytes = npy(names);
    EXPECT_EQ(texts(parse_npy(name_bytes, "a.npy"), "a.npy"), names);
    const std::string no_names = npy(std::vector<std::string>{});
    EXPECT_TRUE(texts(parse_npy(no_names, "a.npy"), "a.npy").empty());
}

TEST(NumpyArray, that_is_damaged_is_an_error) {
    const std::string bytes = npy(std::vector<float>{1.0F, 2.0F, 3.0F}, {3});
    expect_error("", "a NumPy array");
    expect_error(bytes.substr(0, 9), "a NumPy array");
    expect_error(bytes.substr(0, 40), "a whole NumPy array");
    expect_error(bytes.substr(0, bytes.size() - 1), "a whole NumPy array");
    expect_error(bytes + "x", "12 bytes of data");
    expect_error(with(bytes, "(3,)", "(4,)"), "a whole NumPy array");
    expect_error(with(bytes, "(3,), } ", "(99999999999999999999,), }"), "a ");
    expect_error(with(bytes, "'<f4'", "'>f4'"), "an array of numbers");
    expect_error(with(bytes, "'<f4'", "'<U0'"), "an array of numbers");
    expect_error(with(bytes, "'<f4'", "'|O8'"), "an array of numbers");
    expect_error(with(bytes, "False", "True "), "rows one after the other");
}

TEST(NumpyArray, of_another_type_than_asked_for_is_an_error) {
    const std::string bytes = npy(std::vector<double>{1.0}, {1});
    const NumpyArray array = parse_npy(bytes, "a.npy");
    EXPECT_THROW(whole_numbers(array, "a.npy"), Error);
    EXPECT_THROW(booleans(array, "a.npy"), Error);
    EXPECT_THROW(texts(array, "a.npy"), Error);
    const std::string two = npy(std::vector<std::uint8_t>{2}, {1});
    EXPECT_THROW(booleans(parse_npy(two, "a.npy"), "a.npy"), Error);
}

}  // namespace
}  // namespace earmark
