// What a user meets who names a database that cannot be used: one line that names the file, and nothing is written.
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/program/fixture.h"
#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;

using Arguments = std::vector<std::string>;

class UnusableDatabaseTest : public LibraryProgramTest {
protected:
    UnusableDatabaseTest() {
        library_.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        whole_ = read_text(db());
        write_model(model_of_the_tests(), path("model"));
        std::filesystem::create_directory(path("songs"));
        std::filesystem::copy_file(recording("long.mp3"), path("songs/long.mp3"));
        folder_.write("rules.toml", "[[playlist]]\nname = \"list\"\nsearch = \"jazz\"\n");
        // For users who are not root.
        std::filesystem::permissions(folder_.path(), std::filesystem::perms(0777));
    }

    std::vector<Arguments> readers() const {
        return {{"library", "search", "jazz"},          {"library", "similar", "1"}, {"library", "path", "1", "2"},
                {"library", "mix", path("rules.toml")}, {"library", "stats"},        {"library", "export"}};
    }

    std::vector<Arguments> writers() const {
        const Arguments model{"--model", path("model")};
        std::vector<Arguments> commands{{"library", "scan", path("songs")},
                                        {"library", "watch", path("songs")},
                                        {"write-tags", path("songs"), "--plan", path("plan")},
                                        {"tag", path("songs")}};
        for (Arguments& command : commands) command.insert(command.end(), model.begin(), model.end());
        return commands;
    }

    Outcome run(Arguments command, const std::string& database, const Surroundings& surroundings = {}) const {
        command.insert(command.end(), {"--db", database});
        return run_earmark(command, surroundings);
    }

    void expect_refused(const std::vector<Arguments>& commands, const std::string& database, const std::string& reason,
                        const Surroundings& surroundings = {}) const {
        for (const Arguments& command : commands) {
            SCOPED_TRACE(command[0] + " " + command[1]);
            const Outcome outcome = run(command, database, surroundings);
            EXPECT_EQ(outcome.exit_status, 2);
            EXPECT_EQ(outcome.out, "");
            EXPECT_THAT(outcome.err, is_one_line_about(database + ": " + reason));
            EXPECT_FALSE(std::filesystem::exists(path("plan")));
            EXPECT_FALSE(std::filesystem::exists(path("list.m3u8")));
        }
    }

    void expect_refused_and_kept(const std::vector<Arguments>& commands, const std::string& content,
                                 const std::string& reason) const {
        const std::string file = folder_.write("other/file", content).string();
        expect_refused(commands, file, reason);
        EXPECT_EQ(read_text(file), content);
        std::filesystem::remove_all(path("other"));
    }

    std::vector<Arguments> all() const {
        std::vector<Arguments> commands = readers();
        for (Arguments& command : writers()) commands.push_back(std::move(command));
        return commands;
    }

    // As somebody whom permissions hold back.
    static Surroundings as_nobody() {
        Surroundings surroundings;
        if (geteuid() == 0)
            surroundings.launcher = {"/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
        return surroundings;
    }

    static bool can_be_nobody() { return geteuid() != 0 || std::filesystem::exists("/usr/bin/setpriv"); }

    std::string whole_;
};

TEST_F(UnusableDatabaseTest, that_is_a_text_is_not_taken) {
    expect_refused_and_kept(all(), "my diary, which nobody should lose\n",
                            "is not an SQLite database; expected a library made by 'earmark library scan'");
}

TEST_F(UnusableDatabaseTest, that_is_cut_short_is_damaged) {
    for (const std::size_t length : {std::size_t{60}, std::size_t{5000}, whole_.size() / 2})
        expect_refused_and_kept(all(), whole_.substr(0, length), "is damaged (");
}

TEST_F(UnusableDatabaseTest, that_has_noise_in_it_is_damaged) {
    std::string noise = whole_;
    for (std::size_t i = 4096; i < noise.size(); ++i) noise[i] = static_cast<char>(i * i >> 7U);
    folder_.write("other/file", noise);
    expect_refused(all(), path("other/file"), "is damaged (");
}

TEST_F(UnusableDatabaseTest, of_another_program_is_not_taken) {
    std::filesystem::copy_file(db(), path("other"));
    catalogue::Database(path("other"), catalogue::OpenMode::write).execute("PRAGMA application_id = 7");
    expect_refused(all(), path("other"), "is a database of another program; expected a library");
}

TEST_F(UnusableDatabaseTest, of_a_newer_version_is_not_taken) {
    std::filesystem::copy_file(db(), path("other"));
    catalogue::Database(path("other"), catalogue::OpenMode::write).execute("PRAGMA user_version = 999");
    expect_refused(all(), path("other"), "is of version 999, made by a newer Earmark");
}

TEST_F(UnusableDatabaseTest, of_an_older_version_is_brought_up_to_date_by_a_scan) {
    std::filesystem::copy_file(db(), path("other"));
    catalogue::Database(path("other"), catalogue::OpenMode::write).execute("PRAGMA user_version = 0");
    expect_refused(readers(), path("other"),
                   "is of version 0, made by an older Earmark; 'earmark library scan' brings it up to date");
}

TEST_F(UnusableDatabaseTest, that_is_empty_is_filled_by_a_scan) {
    expect_refused_and_kept(readers(), "", "is empty; 'earmark library scan' fills it");
    expect_refused_and_kept({{"library", "forget"}}, "", "is empty; 'earmark library scan' fills it");
    folder_.write("empty", "");
    EXPECT_EQ(run(writers().front(), path("empty")).exit_status, 0);
    EXPECT_EQ(run(readers().front(), path("empty")).exit_status, 0);
}

TEST_F(UnusableDatabaseTest, that_is_a_folder_is_not_taken) {
    std::filesystem::create_directory(path("folder"));
    expect_refused(all(), path("folder"), "is a folder; expected the file of a library");
}

TEST_F(UnusableDatabaseTest, that_is_no_regular_file_is_not_taken) {
    expect_refused(all(), "/dev/null", "is no regular file; expected that of a library");
}

TEST_F(UnusableDatabaseTest, that_is_missing_is_made_by_a_scan) {
    expect_refused(readers(), path("none"), "no such file; 'earmark library scan' makes it");
    folder_.write("file", "");
    expect_refused(readers(), path("file/none"), "no such file; 'earmark library scan' makes it");
    EXPECT_FALSE(std::filesystem::exists(path("none")));
}

TEST_F(UnusableDatabaseTest, that_nobody_may_read_is_named_with_the_reason) {
    if (!can_be_nobody()) GTEST_SKIP() << "needs setpriv, or another user than root";
    std::filesystem::copy_file(db(), path("secret"));
    std::filesystem::permissions(path("secret"), std::filesystem::perms::none);
    expect_refused(all(), path("secret"), "cannot be opened: Permission denied", as_nobody());
    std::filesystem::create_directory(path("closed"));
    std::filesystem::permissions(path("closed"), std::filesystem::perms(0555));
    expect_refused(writers(), path("closed/library.db"), "cannot be made: Permission denied", as_nobody());
}

TEST_F(UnusableDatabaseTest, that_is_read_only_can_be_searched_and_not_filled) {
    if (!can_be_nobody()) GTEST_SKIP() << "needs setpriv, or another user than root";
    std::filesystem::create_directory(path("100% #1?"));
    const std::string file = path("100% #1?/library.db");
    std::filesystem::copy_file(db(), file);
    std::filesystem::permissions(file, std::filesystem::perms(0444));
    std::filesystem::permissions(path("100% #1?"), std::filesystem::perms(0555));
    expect_refused(writers(), file, "cannot be written: it, or its folder, is read-only", as_nobody());
    for (const Arguments& command : {readers()[0], readers()[1], readers()[4]}) {
        const Outcome outcome = run(command, file, as_nobody());
        EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
        EXPECT_EQ(outcome.out, run(command, db()).out);
    }
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path("100% #1?")), {}), 1);
}

TEST_F(UnusableDatabaseTest, is_no_matter_when_the_music_is_missing) {
    for (const char* const name : {"missing", "missing.mp3"}) {
        const Outcome outcome =
            run_earmark({"library", "scan", path(name), "--db", path("new.db"), "--model", path("model")});
        EXPECT_EQ(outcome.exit_status, 1);
        EXPECT_THAT(outcome.err, is_one_line_about(path(name) + ": no such file or folder"));
        EXPECT_THAT(outcome.out, HasSubstr("0 tracks"));
    }
}

}  // namespace
}  // namespace earmark
