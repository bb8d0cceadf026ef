#include "catalogue/catalogue.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <functional>
#include <thread>

#include "catalogue/schema.h"
#include "tests/support/temporary_folder.h"

namespace earmark::catalogue {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class CatalogueTest : public testing::Test {
protected:
    std::filesystem::path file() const { return folder_.path() / "state/library.db"; }

    std::string error_of(ErrorCode code, const std::function<void()>& action) const {
        try {
            action();
        } catch (const Error& error) {
            EXPECT_EQ(error.code(), code) << error.what();
            return error.what();
        }
        return "no error";
    }

    TemporaryFolder folder_;
};

void add_track(Catalogue& catalogue, const std::filesystem::path& path, std::string_view title = "") {
    Statement statement = catalogue.database().prepare(
        "INSERT INTO track (path, size_bytes, modified_ns, state, title) VALUES (?1, 1, 2, 'pending', ?2)");
    statement.bind_path(1, path).bind(2, title).run();
}

TEST_F(CatalogueTest, makes_the_file_and_the_folders_above_it) {
    Catalogue catalogue(file());
    EXPECT_EQ(catalogue.database().integer("PRAGMA application_id"), application_id);
    EXPECT_EQ(catalogue.database().integer("PRAGMA user_version"), static_cast<int>(migrations().size()));
    EXPECT_EQ(catalogue.database().text("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(catalogue.database().integer("PRAGMA foreign_keys"), 1);
}

TEST_F(CatalogueTest, has_strict_tables_only) {
    Catalogue catalogue(file());
    EXPECT_EQ(catalogue.database().integer("SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = "
                                           "'table' AND NOT strict AND name NOT LIKE 'sqlite%'"),
              0);
}

TEST_F(CatalogueTest, can_have_its_journal_deleted_after_each_change) {
    Catalogue catalogue(file(), {OpenMode::create, Journal::delete_journal});
    EXPECT_EQ(catalogue.database().text("PRAGMA journal_mode"), "delete");
}

TEST_F(CatalogueTest, keeps_what_was_committed_when_it_is_opened_again) {
    {
        Catalogue catalogue(file());
        add_track(catalogue, "/music/a.mp3");
        Transaction transaction(catalogue.database());
        add_track(catalogue, "/music/b.mp3");
    }
    Catalogue catalogue(file(), {OpenMode::read, {}});
    EXPECT_EQ(catalogue.database().text("SELECT group_concat(path) FROM track"), "/music/a.mp3");
}

TEST_F(CatalogueTest, keeps_paths_that_are_not_utf8_byte_for_byte) {
    Catalogue catalogue(file());
    const std::filesystem::path latin1("/music/caf\xE9.mp3");
    add_track(catalogue, latin1);
    add_track(catalogue, "/music/caf\xC3\xA9.mp3");
    Statement statement = catalogue.database().prepare("SELECT path, typeof(path) FROM track WHERE path = ?1");
    statement.bind_path(1, latin1);
    ASSERT_TRUE(statement.step());
    EXPECT_EQ(statement.path(0), latin1);
    EXPECT_EQ(statement.text(1), "blob");
    EXPECT_FALSE(statement.step());
    EXPECT_EQ(catalogue.database().integer("SELECT count(*) FROM track WHERE CAST(path AS TEXT) LIKE '/music/caf%'"),
              2);
}

TEST_F(CatalogueTest, finds_words_of_titles_without_their_accents) {
    Catalogue catalogue(file());
    add_track(catalogue, "a", "Café del Mar");
    add_track(catalogue, "b", "Blue");
    Database& database = catalogue.database();
    EXPECT_EQ(database.text("SELECT group_concat(path) FROM track JOIN track_text ON track_text.rowid = track.id "
                            "WHERE track_text MATCH 'cafe'"),
              "a");
    database.execute("UPDATE track SET title = 'Blue Café' WHERE path = 'b'; DELETE FROM track WHERE path = 'a'");
    EXPECT_EQ(database.text("SELECT group_concat(rowid) FROM track_text WHERE track_text MATCH 'cafe'"), "2");
    database.execute("INSERT INTO track_text (track_text, rank) VALUES ('integrity-check', 1)");
}

TEST_F(CatalogueTest, lists_what_people_ask_for_in_the_view_track_tag) {
    Catalogue catalogue(file());
    Database& database = catalogue.database();
    database.execute(R"sql(
        INSERT INTO model VALUES (1, 'ab', 'm', 0, 1, 1, x'00', x'00');
        INSERT INTO tag VALUES (1, 1, 0, 'genre---Jazz', 'Jazz', 'genre', '', 0.5);
        INSERT INTO tag VALUES (2, 1, 1, 'mood---Calm', 'Calm', 'mood', '', 0.2);
        INSERT INTO audio VALUES (1, 'cd', NULL);
        INSERT INTO track (path, size_bytes, modified_ns, audio_id, state) VALUES ('a', 1, 1, 1, 'current');
        INSERT INTO analysis VALUES (1, 1, 1, 3.0, 'ok', '', NULL, x'', x'00', 1.0);
        INSERT INTO analysis_tag VALUES (1, 1, 0.4), (2, 1, 0.3);
    )sql");
    EXPECT_EQ(database.text("SELECT group_concat(path || ' ' || tag || ' ' || is_present, '; ') FROM "
                            "(SELECT * FROM track_tag ORDER BY tag)"),
              "a Calm 1; a Jazz 0");
    database.execute("UPDATE model SET is_softmax = 1");
    EXPECT_EQ(database.text("SELECT group_concat(tag) FROM track_tag WHERE is_present"), "Jazz");
}

TEST_F(CatalogueTest, refuses_what_is_no_database) {
    folder_.write("state/library.db", std::string(5000, 'x'));
    EXPECT_THAT(error_of(ErrorCode::invalid_catalogue, [&] { Catalogue catalogue(file()); }),
                AllOf(StartsWith(file().string() + ": "), HasSubstr("not an SQLite database")));
    EXPECT_EQ(read_text(file()), std::string(5000, 'x'));
}

TEST_F(CatalogueTest, refuses_a_database_of_another_program_and_leaves_it) {
    std::filesystem::create_directories(file().parent_path());
    Database(file(), OpenMode::create).execute("CREATE TABLE theirs (a)");
    const std::string before = read_text(file());
    for (const OpenMode mode : {OpenMode::read, OpenMode::write, OpenMode::create})
        EXPECT_THAT(error_of(ErrorCode::invalid_catalogue,
                             [&] {
                                 Catalogue catalogue(file(), {mode, {}});
                             }),
                    HasSubstr("another program"));
    EXPECT_EQ(read_text(file()), before);
}

TEST_F(CatalogueTest, refuses_a_newer_version_and_leaves_it) {
    Catalogue(file()).database().execute("PRAGMA user_version = 1000; PRAGMA wal_checkpoint(TRUNCATE)");
    const std::string before = read_text(file());
    for (const OpenMode mode : {OpenMode::read, OpenMode::write, OpenMode::create})
        EXPECT_THAT(error_of(ErrorCode::invalid_catalogue,
                             [&] {
                                 Catalogue catalogue(file(), {mode, {}});
                             }),
                    AllOf(HasSubstr("version 1000"), HasSubstr("newer Earmark")));
    EXPECT_EQ(read_text(file()), before);
}

TEST_F(CatalogueTest, reports_a_database_that_does_not_exist) {
    for (const OpenMode mode : {OpenMode::read, OpenMode::write})
        EXPECT_THAT(error_of(ErrorCode::not_found,
                             [&] {
                                 Catalogue catalogue(file(), {mode, {}});
                             }),
                    AllOf(StartsWith(file().string()), HasSubstr("library scan")));
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(CatalogueTest, reports_damage) {
    {
        Catalogue catalogue(file());
        for (int i = 0; i < 200; ++i) add_track(catalogue, std::to_string(i), std::string(100, 'x'));
        catalogue.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    std::string bytes = read_text(file());
    for (std::size_t i = 4096; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 7);
    folder_.write("state/library.db", bytes);
    EXPECT_THAT(error_of(ErrorCode::invalid_catalogue,
                         [&] {
                             Catalogue catalogue(file());
                             catalogue.database().text("SELECT group_concat(title) FROM track");
                         }),
                AllOf(StartsWith(file().string()), HasSubstr("damaged")));
}

TEST_F(CatalogueTest, is_made_once_by_several_that_begin_together) {
    std::filesystem::create_directories(file().parent_path());
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([this, i] {
                Catalogue catalogue(file());
                add_track(catalogue, std::to_string(i));
            });
    }
    Catalogue catalogue(file(), {OpenMode::read, {}});
    EXPECT_EQ(catalogue.database().integer("SELECT count(*) FROM track"), 4);
}

TEST(DefaultCataloguePath, is_in_the_state_folder_of_the_user) {
    setenv("XDG_STATE_HOME", "/state", 1);
    EXPECT_EQ(default_catalogue_path(), "/state/earmark/library.db");
    setenv("HOME", "/home/her", 1);
    for (const char* const not_used : {"", "relative"}) {
        setenv("XDG_STATE_HOME", not_used, 1);
        EXPECT_EQ(default_catalogue_path(), "/home/her/.local/state/earmark/library.db");
    }
}

}  // namespace
}  // namespace earmark::catalogue
