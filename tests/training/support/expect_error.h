#pragma once

#include <gmock/gmock.h>

#include <string>

#include "earmark/error.h"

namespace earmark {

/// The one line that a call fails with; the test fails when it does not throw an Error of this code.
template <typename Call>
std::string error_of(ErrorCode code, Call call) {
    try {
        call();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), code) << error.what();
        EXPECT_THAT(error.what(), testing::Not(testing::HasSubstr("\n")));
        return error.what();
    }
    ADD_FAILURE() << "expected an Error";
    return "";
}

}  // namespace earmark
