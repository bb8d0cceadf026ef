#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "model_bytes.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;
using testing::StartsWith;

/// A folder of its own for each test, which is gone after it.
class ModelFile : public testing::Test {
protected:
    ModelFile()
        : folder_(fs::path(testing::TempDir()) / (std::string("earmark_model_file_") +
                                                  testing::UnitTest::GetInstance()->current_test_info()->name())) {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    ~ModelFile() override { fs::remove_all(folder_); }

    std::size_t file_count() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
    }

    template <typename Action>
    void expect_error(ErrorCode code, const fs::path& path, const Action& action) {
        try {
            action();
            ADD_FAILURE() << "no error";
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), code) << error.what();
            EXPECT_THAT(error.what(), StartsWith(path.string() + ": "));
        }
    }

    fs::path folder_;
};

TEST_F(ModelFile, is_written_and_read) {
    const fs::path path = folder_ / "tiny.earmark";
    write_model(test::tiny_model(), path);
    EXPECT_EQ(test::file_bytes(path), serialize_model(test::tiny_model()));
    EXPECT_EQ(serialize_model(read_model(path)), serialize_model(test::tiny_model()));
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(ModelFile, replaces_what_was_there) {
    const fs::path path = folder_ / "tiny.earmark";
    std::ofstream(path) << "older";
    write_model(test::tiny_model(), path);
    EXPECT_EQ(test::file_bytes(path), serialize_model(test::tiny_model()));
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(ModelFile, of_an_invalid_model_is_not_written) {
    const fs::path path = folder_ / "tiny.earmark";
    std::ofstream(path) << "older";
    Model model = test::tiny_model();
    model.tags[0].threshold = 7.0F;
    EXPECT_THROW(write_model(model, path), Error);
    EXPECT_EQ(test::file_bytes(path), test::to_bytes("older"));
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(ModelFile, in_a_missing_folder_is_unwritable) {
    const fs::path path = folder_ / "missing" / "tiny.earmark";
    expect_error(ErrorCode::unwritable, path, [&] { write_model(test::tiny_model(), path); });
    EXPECT_EQ(file_count(), 0U);
}

TEST_F(ModelFile, over_a_folder_is_unwritable_and_leaves_nothing) {
    const fs::path path = folder_ / "tiny.earmark";
    fs::create_directory(path);
    expect_error(ErrorCode::unwritable, path, [&] { write_model(test::tiny_model(), path); });
    EXPECT_EQ(file_count(), 1U);
    EXPECT_TRUE(fs::is_empty(path));
}

TEST_F(ModelFile, below_a_file_is_unwritable) {
    std::ofstream(folder_ / "file") << "x";
    const fs::path path = folder_ / "file" / "tiny.earmark";
    expect_error(ErrorCode::unwritable, path, [&] { write_model(test::tiny_model(), path); });
    EXPECT_EQ(file_count(), 1U);
}

TEST_F(ModelFile, that_is_missing_is_not_found) {
    const fs::path path = folder_ / "missing.earmark";
    expect_error(ErrorCode::not_found, path, [&] { read_model(path); });
}

TEST_F(ModelFile, below_a_file_is_not_found) {
    std::ofstream(folder_ / "file") << "x";
    const fs::path path = folder_ / "file" / "tiny.earmark";
    expect_error(ErrorCode::not_found, path, [&] { read_model(path); });
}

TEST_F(ModelFile, that_is_a_folder_is_unreadable) {
    expect_error(ErrorCode::unreadable, folder_, [&] { read_model(folder_); });
}

TEST_F(ModelFile, that_is_a_pipe_is_unreadable_without_waiting) {
    const fs::path path = folder_ / "pipe";
    ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
    expect_error(ErrorCode::unreadable, path, [&] { read_model(path); });
}

TEST_F(ModelFile, that_is_empty_names_itself) {
    const fs::path path = folder_ / "empty.earmark";
    std::ofstream(path).flush();
    expect_error(ErrorCode::invalid_model, path, [&] { read_model(path); });
}

TEST_F(ModelFile, that_is_enormous_is_refused_before_memory_is_asked_for) {
    const fs::path path = folder_ / "enormous.earmark";
    std::ofstream(path).flush();
    fs::resize_file(path, std::uintmax_t{1} << 40);
    expect_error(ErrorCode::unreadable, path, [&] { read_model(path); });
}

}  // namespace
}  // namespace earmark
