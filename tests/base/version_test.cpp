#include "earmark/version.h"

#include <gtest/gtest.h>

#include <string>

namespace earmark {
namespace {

TEST(Version, of_the_headers_is_that_of_the_project) {
    EXPECT_STREQ(EARMARK_VERSION, EARMARK_PROJECT_VERSION);
    const std::string numbers = std::to_string(EARMARK_VERSION_MAJOR) + "." + std::to_string(EARMARK_VERSION_MINOR) +
                                "." + std::to_string(EARMARK_VERSION_PATCH);
    EXPECT_EQ(numbers, EARMARK_PROJECT_VERSION);
}

TEST(Version, of_the_library_is_that_of_the_headers_it_was_built_with) {
    EXPECT_STREQ(library_version(), EARMARK_VERSION);
}

}  // namespace
}  // namespace earmark
