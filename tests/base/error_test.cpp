#include "earmark/error.h"

#include <gtest/gtest.h>

namespace earmark {
namespace {

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
