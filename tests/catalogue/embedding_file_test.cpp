// The embeddings of a library as a mapped file that follows the database.
#include "catalogue/embedding_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "search/choice.h"
#include "tests/support/music_library.h"
#include "tests/support/temporary_folder.h"

namespace earmark::catalogue {
namespace {

using testing::ElementsAre;

class EmbeddingFileTest : public testing::Test {
protected:
    EmbeddingFileTest() : library_(file()) {
        library_.add_model("11111111111111111111111111111111", 3, {"genre---Jazz"});
        library_.add({"/m/1.mp3", {1, 0, 0}});
        library_.add({"/m/2.mp3", {0, 2, 0}});
    }

    std::filesystem::path file() const { return folder_.path() / "library.db"; }

    // As a search reads them.
    std::vector<std::vector<int>> rows(bool* is_mapped = nullptr) {
        Catalogue catalogue(file(), {OpenMode::read, {}});
        const Embeddings embeddings(catalogue.database(), searched_model(catalogue.database()));
        if (is_mapped != nullptr) *is_mapped = embeddings.is_mapped();
        std::vector<std::vector<int>> all;
        for (std::size_t i = 0; i < embeddings.matrix().row_count(); ++i) {
            const auto row = embeddings.matrix().row(i);
            all.emplace_back(row.begin(), row.end());
            EXPECT_FLOAT_EQ(embeddings.matrix().inverse_length(i), inverse_length(row));
            EXPECT_EQ(embeddings.row_of(embeddings.analysis_ids()[i]), i);
        }
        EXPECT_EQ(embeddings.row_of(12345), RecordingFacts::no_row);
        return all;
    }

    std::uintmax_t file_size() const { return std::filesystem::file_size(embedding_file(file())); }

    TemporaryFolder folder_;
    MusicLibrary library_;
};

const std::vector<int> first{127, 0, 0};
const std::vector<int> second{0, 127, 0};
const std::vector<int> third{0, 0, 127};

TEST_F(EmbeddingFileTest, has_the_rows_of_the_database) {
    bool is_mapped = false;
    EXPECT_THAT(rows(&is_mapped), ElementsAre(first, second));
    EXPECT_TRUE(is_mapped);
    EXPECT_EQ(file_size(), 64U + 6U);
}

TEST_F(EmbeddingFileTest, grows_by_what_is_new_and_leaves_out_errors) {
    rows();
    library_.add({"/m/error.mp3", {}});
    library_.add({"/m/3.mp3", {0, 0, 5}});
    EXPECT_THAT(rows(), ElementsAre(first, second, third));
    EXPECT_EQ(file_size(), 64U + 9U);
    const auto time = std::filesystem::last_write_time(embedding_index_file(file()));
    EXPECT_THAT(rows(), ElementsAre(first, second, third));
    EXPECT_EQ(std::filesystem::last_write_time(embedding_index_file(file())), time) << "nothing was new";
}

TEST_F(EmbeddingFileTest, gets_the_row_of_an_analysis_that_failed_before) {
    library_.add({"/m/error.mp3", {}});
    rows();
    library_.database().execute("UPDATE analysis SET embedding = x'00007F' WHERE status = 'error'");
    EXPECT_THAT(rows(), ElementsAre(first, second, third));
}

TEST_F(EmbeddingFileTest, starts_anew_for_another_model) {
    rows();
    library_.add_model("22222222222222222222222222222222", 2, {"genre---Jazz"});
    library_.add({"/m/3.mp3", {0, 1}});
    EXPECT_THAT(rows(), ElementsAre(std::vector<int>{0, 127}));
}

TEST_F(EmbeddingFileTest, starts_anew_when_most_rows_are_of_analyses_that_are_gone) {
    library_.add({"/m/3.mp3", {0, 0, 1}});
    rows();
    library_.database().execute("DELETE FROM analysis WHERE id = 1");
    EXPECT_EQ(rows().size(), 3U) << "one of three";
    library_.database().execute("DELETE FROM analysis WHERE id = 2");
    EXPECT_THAT(rows(), ElementsAre(third));
}

TEST_F(EmbeddingFileTest, never_gives_an_analysis_the_row_of_one_before_it) {
    rows();
    library_.database().execute("DELETE FROM analysis WHERE id = 2");
    library_.add({"/m/3.mp3", {0, 0, 1}});
    EXPECT_THAT(rows(), ElementsAre(first, second, third));
}

TEST_F(EmbeddingFileTest, is_made_again_where_it_is_damaged) {
    const auto expect_all = [&](const char* what) { EXPECT_THAT(rows(), ElementsAre(first, second)) << what; };
    rows();
    std::filesystem::resize_file(embedding_index_file(file()), 30);
    expect_all("the index is cut short");
    std::ofstream(embedding_index_file(file()), std::ios::app) << "more";
    expect_all("the index is too long");
    std::filesystem::remove(embedding_file(file()));
    expect_all("there is an index alone");
    std::filesystem::resize_file(embedding_file(file()), 66);
    expect_all("rows are missing");
    std::filesystem::remove(embedding_index_file(file()));
    expect_all("there is no index");
    std::ofstream(embedding_file(file()))
        << "something else that is longer than the first bytes of the file, and the rows";
    expect_all("the file is another");
    EXPECT_EQ(file_size(), 70U);
}

TEST_F(EmbeddingFileTest, may_have_no_rows) {
    library_.database().execute("DELETE FROM analysis");
    EXPECT_TRUE(rows().empty());
    EXPECT_TRUE(rows().empty());
}

TEST_F(EmbeddingFileTest, is_read_into_memory_where_it_cannot_be_written) {
    std::filesystem::create_directory(embedding_file(file()));
    bool is_mapped = true;
    EXPECT_THAT(rows(&is_mapped), ElementsAre(first, second));
    EXPECT_FALSE(is_mapped);
}

TEST_F(EmbeddingFileTest, may_be_opened_by_several_at_once) {
    for (int i = 0; i < 200; ++i) library_.add({"/m/more" + std::to_string(i) + ".mp3", {0, 0, 1}});
    std::vector<std::thread> threads;
    std::array<std::size_t, 4> counts{};
    for (std::size_t& count : counts) threads.emplace_back([&] { count = rows().size(); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_THAT(counts, testing::Each(202U));
}

}  // namespace
}  // namespace earmark::catalogue
