#include "earmark/error.h"

#include <gtest/gtest.h>

#include <string>

namespace earmark {
namespace {

struct Expectation {
    ErrorCode code;
    const char* name;
    int exit;
};

class ErrorStatus : public testing::TestWithParam<Expectation> {};

TEST_P(ErrorStatus, follows_from_the_code) { EXPECT_EQ(exit_status(GetParam().code), GetParam().exit); }

// 1: an item failed and the next one can go on; 2: nothing could start.
INSTANTIATE_TEST_SUITE_P(Table, ErrorStatus,
                         testing::Values(Expectation{ErrorCode::usage, "usage", 2},
                                         Expectation{ErrorCode::not_found, "not_found", 1},
                                         Expectation{ErrorCode::unreadable, "unreadable", 1},
                                         Expectation{ErrorCode::not_audio, "not_audio", 1},
                                         Expectation{ErrorCode::damaged_audio, "damaged_audio", 1},
                                         Expectation{ErrorCode::invalid_model, "invalid_model", 2},
                                         Expectation{ErrorCode::unsupported_model, "unsupported_model", 2},
                                         Expectation{ErrorCode::invalid_dataset, "invalid_dataset", 2},
                                         Expectation{ErrorCode::invalid_recipe, "invalid_recipe", 2},
                                         Expectation{ErrorCode::unwritable, "unwritable", 2},
                                         Expectation{ErrorCode::cancelled, "cancelled", 1}),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(Error, keeps_its_code_and_message) {
    try {
        throw Error(ErrorCode::not_audio, "notes.txt: no audio");
    } catch (const std::exception& error) {
        EXPECT_STREQ(error.what(), "notes.txt: no audio");
        const auto* own = dynamic_cast<const Error*>(&error);
        ASSERT_NE(own, nullptr);
        EXPECT_EQ(own->code(), ErrorCode::not_audio);
    }
}

}  // namespace
}  // namespace earmark
