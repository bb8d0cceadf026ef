#include "apps/common/recipe_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

const std::filesystem::path recipes = std::filesystem::path(EARMARK_SOURCE_DIR) / "recipes";

// The tests run in a folder without recipes.
class RecipeFileTest : public testing::Test {
protected:
    RecipeFileTest() : before_(std::filesystem::current_path()) { std::filesystem::current_path(folder_.path()); }
    ~RecipeFileTest() override { std::filesystem::current_path(before_); }

    TemporaryFolder folder_;

private:
    std::filesystem::path before_;
};

TEST_F(RecipeFileTest, finds_a_recipe_of_the_installation_by_its_name) {
    EXPECT_EQ(recipe_file("paper"), recipes / "paper.toml");
    EXPECT_EQ(recipe_file("paper.toml"), recipes / "paper.toml");
}

TEST_F(RecipeFileTest, prefers_a_file_of_that_name) {
    folder_.write("paper", "");
    EXPECT_EQ(recipe_file("paper"), "paper");
    folder_.write("mine/own.toml", "");
    EXPECT_EQ(recipe_file("mine/own.toml"), "mine/own.toml");
}

std::string message_for(const std::string& named) {
    try {
        return "found: " + recipe_file(named).string();
    } catch (const Error& error) {
        return error.code() == ErrorCode::not_found ? error.what() : "another error";
    }
}

TEST_F(RecipeFileTest, lists_the_recipes_when_there_is_none_of_that_name) {
    EXPECT_THAT(message_for("papr"),
                testing::StartsWith("papr: no such file or recipe; expected a file or one of paper, scales, "));
}

TEST_F(RecipeFileTest, looks_for_a_path_in_no_other_place) {
    EXPECT_EQ(message_for("recipes/paper.toml"), "recipes/paper.toml: no such file");
    EXPECT_EQ(message_for("../recipes/paper"), "../recipes/paper: no such file");
}

}  // namespace
}  // namespace earmark
