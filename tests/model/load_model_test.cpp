#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "earmark/error.h"
#include "earmark/model.h"
#include "tests/model/tiny_model.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

class LoadModel : public testing::Test {
protected:
    void SetUp() override {
        ::unsetenv("EARMARK_MODEL");
        write_model(test::tiny_model(), file_);
    }
    void TearDown() override { ::unsetenv("EARMARK_MODEL"); }

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "own.earmark";
};

TEST_F(LoadModel, gives_what_read_model_gives) {
    EXPECT_EQ(serialize_model(*load_model(file_)), serialize_model(read_model(file_)));
}

TEST_F(LoadModel, names_a_file_that_is_missing) {
    try {
        load_model(folder_.path() / "none.earmark");
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
        EXPECT_THAT(error.what(), testing::HasSubstr("none.earmark"));
    }
}

TEST_F(LoadModel, finds_the_default_model_in_the_source_tree_when_nothing_is_installed) {
    const std::filesystem::path file = EARMARK_SOURCE_DIR "/models/default.earmark";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << file << " is absent";
    EXPECT_TRUE(std::filesystem::exists(default_model_path()));
    EXPECT_EQ(model_identity(*default_model()), model_identity(read_model(file)));
}

TEST_F(LoadModel, takes_the_model_that_the_environment_names_as_the_default) {
    ::setenv("EARMARK_MODEL", file_.c_str(), 1);
    EXPECT_EQ(default_model_path(), file_);
    EXPECT_EQ(default_model()->name, test::tiny_model().name);
    ::setenv("EARMARK_MODEL", "", 1);
    EXPECT_NE(default_model_path(), "");
}

TEST_F(LoadModel, fails_when_the_environment_names_a_file_that_is_missing) {
    ::setenv("EARMARK_MODEL", "/none/at/all.earmark", 1);
    EXPECT_THROW(default_model(), Error);
}

TEST(ModelIdentity, is_that_of_the_contents_whatever_the_file) {
    const Model model = test::tiny_model();
    const std::string identity = model_identity(model);
    EXPECT_THAT(identity, testing::MatchesRegex("[0-9a-f]{32}"));
    EXPECT_EQ(model_identity(round_trip(model)), identity);
}

TEST(ModelIdentity, changes_with_any_field) {
    const std::string identity = model_identity(test::tiny_model());
    Model renamed = test::tiny_model();
    renamed.name += "x";
    EXPECT_NE(model_identity(renamed), identity);
    Model moved = test::tiny_model();
    moved.tags.front().threshold += 0.001F;
    EXPECT_NE(model_identity(moved), identity);
    Model trained = test::tiny_model();
    trained.classifier.layers.front().biases.front() += 0.25F;
    EXPECT_NE(model_identity(trained), identity);
}

// The value is what `xxhsum -H2` prints for the file (here from XXH3_128bits of libxxhash 0.8.1): the identity is that
// of the bytes of a file that Earmark wrote.
TEST(ModelIdentity, of_a_written_file_is_the_xxh128_of_its_bytes) {
    const Model model = read_model(EARMARK_GOLDEN_DIR "/model/version_2.earmark");
    EXPECT_EQ(model_identity(model), "29134968df95b0adbca783ab1d20e9ef");
}

}  // namespace
}  // namespace earmark
