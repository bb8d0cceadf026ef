// What a search reads of the database: the model, tracks, columns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalogue/catalogue_columns.h"
#include "catalogue/track_row.h"
#include "tests/support/music_library.h"
#include "tests/support/temporary_folder.h"

namespace earmark::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SearchTest : public testing::Test {
protected:
    SearchTest() : library_(folder_.path() / "library.db") {
        library_.add_model("old", 2, {"genre---Polka"});
        library_.add({"/m/old.mp3", {1, 0}, {{"Polka", 0.9}}, "Old"});
        library_.database().execute("UPDATE track SET state = 'stale'");
        library_.add_model("new", 2, {"genre---Jazz", "mood---Calm"});
        first_ = library_.add({"/m/davis/1.mp3",
                               {1, 0},
                               {{"Jazz", 0.9}, {"Calm", 0.6}},
                               "So What",
                               "Miles Davis",
                               "Kind of Blue",
                               1959,
                               545});
        copy_ = library_.add({"/m/copy.mp3", {}, {}, "So What (copy)", "Davis, Miles", "", 0, 0}, first_);
        second_ = library_.add(
            {"/m/cafe/2.mp3", {0, 1}, {{"Jazz", 0.2}, {"Calm", 0.5}}, "Caf\xC3\xA9 \"Noir\"", "Trio", "", 1990, 200});
        library_.add({"/m/broken.mp3", {}, {}, "Broken"});
    }

    std::vector<std::int64_t> found(const std::string& text) {
        const SearchedModel model = searched_model(library_.database());
        CatalogueColumns columns(library_.database(), model);
        std::vector<std::int64_t> ids;
        for (const FoundTrack& track : evaluate(parse_query(text, model.tags), columns))
            ids.push_back(columns.track_ids()[track.track]);
        return ids;
    }

    TemporaryFolder folder_;
    MusicLibrary library_;
    std::int64_t first_ = 0;
    std::int64_t copy_ = 0;
    std::int64_t second_ = 0;
};

TEST_F(SearchTest, knows_the_model_of_the_last_scan) {
    const SearchedModel model = searched_model(library_.database());
    EXPECT_EQ(model.identity, "new");
    EXPECT_EQ(model.embedding_length, 2U);
    ASSERT_EQ(model.tags.size(), 2U);
    EXPECT_EQ(model.tags[1].name, "Calm");
    EXPECT_EQ(model.tags[1].category, TagCategory::mood);
}

TEST_F(SearchTest, finds_tags_of_every_file_with_the_audio) {
    EXPECT_THAT(found("jazz"), ElementsAre(first_, copy_));
    EXPECT_THAT(found("calm"), ElementsAre(first_, copy_, second_));
    EXPECT_THAT(found("jazz<0.5"), ElementsAre(second_));
}

TEST_F(SearchTest, leaves_out_what_is_missing_failed_or_was_analyzed_by_another_model_only) {
    EXPECT_THAT(found("not jazz"), ElementsAre(second_));
    EXPECT_THAT(found("title:broken or title:old"), IsEmpty());
    library_.database().execute("UPDATE track SET is_missing = 1 WHERE path = '/m/copy.mp3'");
    EXPECT_THAT(found("jazz"), ElementsAre(first_));
}

TEST_F(SearchTest, finds_words_without_accents_and_case) {
    EXPECT_THAT(found("cafe"), ElementsAre(second_));
    EXPECT_THAT(found("\"so what\""), ElementsAre(first_, copy_));
    EXPECT_THAT(found("artist:\"miles davis\""), ElementsAre(first_));
    EXPECT_THAT(found("artist:mil"), IsEmpty());
    EXPECT_THAT(found("artist:mil*"), ElementsAre(first_, copy_));
    EXPECT_THAT(found("album:miles"), IsEmpty());
    EXPECT_THAT(found("title:\"\\\"noir\\\"\""), ElementsAre(second_));
    // What means something to FTS5 is text.
    EXPECT_THAT(found("text:\"so OR trio\" or text:\"NEAR\" or text:\"title : so\" or text:\"*\""), IsEmpty());
}

TEST_F(SearchTest, finds_paths_and_numbers) {
    EXPECT_THAT(found("path:/M/Davis/"), ElementsAre(first_));
    EXPECT_THAT(found("year:1950..1960"), ElementsAre(first_));
    EXPECT_THAT(found("duration>3:00"), ElementsAre(first_, second_));
}

TEST_F(SearchTest, finds_statuses_of_every_file_with_the_audio) {
    EXPECT_THAT(found("status:ok"), ElementsAre(first_, copy_, second_));
    library_.set_status(first_, "not_music");
    EXPECT_THAT(found("status:not_music"), ElementsAre(first_, copy_));
    TrackReader reader(library_.database(), searched_model(library_.database()).id);
    EXPECT_FALSE(is_music(*reader.with_id(copy_)));
    EXPECT_TRUE(is_music(*reader.with_id(second_)));
}

TEST_F(SearchTest, with_softmax_has_the_most_probable_tag_present_only) {
    library_.database().execute("UPDATE model SET is_softmax = 1");
    EXPECT_THAT(found("calm"), ElementsAre(second_));
    EXPECT_THAT(found("jazz"), ElementsAre(first_, copy_));
}

TEST_F(SearchTest, reads_tracks) {
    TrackReader reader(library_.database(), searched_model(library_.database()).id);
    const std::optional<TrackRow> row = reader.with_path("/m/davis/1.mp3");
    ASSERT_TRUE(row);
    EXPECT_EQ(row->id, first_);
    EXPECT_EQ(row->artist, "Miles Davis");
    EXPECT_EQ(row->year, 1959);
    EXPECT_EQ(row->duration_s, 545.0);
    EXPECT_FALSE(reader.with_path("/m/none.mp3"));
    EXPECT_EQ(reader.with_id(second_)->path, "/m/cafe/2.mp3");
    EXPECT_EQ(reader.with_id(second_)->title, "Caf\xC3\xA9 \"Noir\"");
    EXPECT_FALSE(reader.with_id(1000));
    const std::vector<TrackRow> same = reader.with_analysis(row->analysis_id);
    ASSERT_EQ(same.size(), 2U);
    EXPECT_EQ(same[1].id, copy_);
    EXPECT_FALSE(same[1].year);
    EXPECT_EQ(reader.with_path("/m/old.mp3")->analysis_id, 0);
}

TEST(SearchedModel, is_not_there_before_a_scan) {
    TemporaryFolder folder;
    MusicLibrary library(folder.path() / "library.db");
    try {
        searched_model(library.database());
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::not_found);
        EXPECT_THAT(error.what(), HasSubstr("has no analyzed music yet"));
    }
}

}  // namespace
}  // namespace earmark::catalogue
