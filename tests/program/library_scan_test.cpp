// `earmark library scan`: what is analyzed, what is not, and that nothing is lost when it is stopped.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "catalogue/catalogue.h"
#include "catalogue/scan_lock.h"
#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class LibraryScanTest : public ProgramTest {
protected:
    LibraryScanTest() {
        for (const char* const name : {"long.flac", "long.mp3", "long.ogg", "coded.m4a"}) add(name, name);
    }

    void add(const std::string& name, const std::string& recorded) const {
        std::filesystem::create_directories(std::filesystem::path(path("music/" + name)).parent_path());
        std::filesystem::copy_file(recording(recorded), path("music/" + name));
    }

    Outcome scan(std::vector<std::string> arguments = {}, const Surroundings& surroundings = {}) const {
        if (arguments.empty() || arguments.front().starts_with("--"))
            arguments.insert(arguments.begin(), path("music"));
        return run_with(std::move(arguments), surroundings);
    }

    Outcome run_with(std::vector<std::string> arguments, const Surroundings& surroundings = {}) const {
        if (std::ranges::find(arguments, "--model") == arguments.end())
            arguments.insert(arguments.end(), {"--model", model()});
        arguments.insert(arguments.begin(), {"library", "scan"});
        arguments.insert(arguments.end(), {"--db", db()});
        return run_earmark(arguments, surroundings);
    }

    std::string db() const { return path("state/library.db"); }

    std::string query(const std::string& sql) const {
        return catalogue::Catalogue(db(), {catalogue::OpenMode::read, {}}).database().text(sql);
    }

    // Whatever does not depend on the order of the work.
    std::string rows() const {
        return query(
            "SELECT group_concat(line, char(10)) FROM (SELECT path || ' ' || state || ' ' || size_bytes || ' ' || "
            "audio.digest || ' ' || status || ' ' || hex(probabilities) || ' ' || hex(embedding) || ' ' || scale || ' "
            "' "
            "|| (SELECT count(*) FROM analysis_tag WHERE analysis_id = analysis.id) AS line FROM track JOIN audio ON "
            "audio.id = track.audio_id JOIN analysis ON analysis.audio_id = audio.id ORDER BY path)");
    }
};

TEST_F(LibraryScanTest, analyzes_what_is_new_and_the_second_time_nothing) {
    const Outcome first = scan();
    EXPECT_EQ(first.exit_status, 0);
    EXPECT_EQ(first.err, "");
    EXPECT_THAT(first.out, AllOf(StartsWith("4 new\n4 files analyzed"), EndsWith(db() + ": 4 tracks\n")));
    EXPECT_EQ(query("SELECT group_concat(DISTINCT state) FROM track"), "current");
    EXPECT_EQ(query("SELECT count(*) FROM track_tag WHERE tag = 'Rock' AND is_present"), "4");
    const std::string before = rows();
    add("sub/more.wav", "coded_s16.wav");
    const Outcome second = run_with({});  // what was scanned before
    EXPECT_THAT(second.out, StartsWith("1 new, 4 unchanged\n1 file analyzed"));
    EXPECT_THAT(scan().out, StartsWith("5 unchanged\n0 files analyzed"));
    EXPECT_THAT(rows(), HasSubstr(before.substr(0, before.find('\n'))));
}

TEST_F(LibraryScanTest, gives_the_probabilities_that_tagging_gives) {
    scan();
    const Outcome tagged = tag({path("music/long.mp3"), "--format", "csv"});
    const std::string row = path("music/long.mp3") + ",";
    EXPECT_THAT(tagged.out,
                HasSubstr("Rock,genre," + query("SELECT printf('%.6g', round(probability, 6)) FROM track_tag WHERE "
                                                "tag = 'Rock' AND path LIKE '%long.mp3'")));
}

TEST_F(LibraryScanTest, analyzes_no_file_again_that_was_renamed_or_copied) {
    scan();
    std::filesystem::rename(path("music/long.flac"), path("music/other.flac"));
    add("copy.mp3", "long.mp3");
    const std::string id = query("SELECT id FROM track WHERE path LIKE '%/long.flac'");
    const Outcome outcome = scan();
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out,
                StartsWith("1 new, 1 moved, 3 unchanged\n0 files analyzed, 2 with audio that was known, in "));
    EXPECT_EQ(query("SELECT id FROM track WHERE path LIKE '%/other.flac'"), id);
    EXPECT_EQ(query("SELECT count(*) FROM track WHERE is_missing"), "0");
}

TEST_F(LibraryScanTest, analyzes_a_file_again_whose_audio_is_another) {
    scan();
    std::filesystem::copy_file(recording("coded.mp3"), path("music/long.mp3"),
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(scan().out, StartsWith("1 changed, 3 unchanged\n1 file analyzed, in "));
}

TEST_F(LibraryScanTest, keeps_what_is_known_of_a_missing_file) {
    scan();
    std::filesystem::rename(path("music/long.flac"), path("elsewhere.flac"));
    EXPECT_THAT(scan().out, StartsWith("1 missing, 3 unchanged\n"));
    EXPECT_EQ(query("SELECT count(*) FROM track_tag WHERE path LIKE '%long.flac'"), "0");
    std::filesystem::rename(path("elsewhere.flac"), path("music/long.flac"));
    EXPECT_THAT(scan().out, StartsWith("1 there again, 3 unchanged\n0 files analyzed"));
}

TEST_F(LibraryScanTest, takes_nothing_for_missing_when_the_disk_is_not_there) {
    scan();
    std::filesystem::rename(path("music"), path("unmounted"));
    for (const bool is_empty : {false, true}) {
        if (is_empty) std::filesystem::create_directory(path("music"));
        const Outcome outcome = run_with({});
        EXPECT_EQ(outcome.exit_status, 1);
        EXPECT_THAT(outcome.err, is_one_line_about(path("music") + ": "));
        EXPECT_THAT(outcome.err, HasSubstr("4 tracks stays as it is"));
        EXPECT_EQ(query("SELECT count(*) FROM track WHERE is_missing"), "0");
    }
}

TEST_F(LibraryScanTest, reports_a_file_that_cannot_be_analyzed_once) {
    folder_.write("music/text.mp3", "no music");
    const Outcome first = scan();
    EXPECT_EQ(first.exit_status, 1);
    EXPECT_THAT(first.err, is_one_line_about(path("music/text.mp3") + ": "));
    EXPECT_THAT(first.out, HasSubstr("4 files analyzed, 1 failed"));
    EXPECT_EQ(query("SELECT error FROM track WHERE state = 'failed'"), "not audio of any format that FFmpeg knows");
    const Outcome second = scan();
    EXPECT_EQ(second.exit_status, 0);
    EXPECT_EQ(second.err, "");
    EXPECT_EQ(scan({"--failed"}).exit_status, 1);
    std::filesystem::copy_file(recording("coded.mp3"), path("music/text.mp3"),
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_THAT(scan().out, HasSubstr("1 file analyzed"));
    EXPECT_EQ(query("SELECT count(*) FROM track WHERE error IS NULL AND state = 'current'"), "5");
}

TEST_F(LibraryScanTest, keeps_that_what_decodes_to_nothing_has_failed_whatever_its_name) {
    add("bad.wav", "undecodable.wav");
    EXPECT_EQ(scan().exit_status, 1);
    EXPECT_EQ(query("SELECT count(*) FROM analysis WHERE status = 'error' AND error <> ''"), "1");
    std::filesystem::rename(path("music/bad.wav"), path("music/worse.wav"));
    const Outcome outcome = scan();
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(query("SELECT count(*) FROM track WHERE state = 'failed' AND path LIKE '%worse.wav' AND error <> ''"),
              "1");
}

TEST_F(LibraryScanTest, passes_over_films_without_audio) {
    add("film.mp4", "silent_film.mp4");
    const Outcome outcome = scan();
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out, HasSubstr("1 videos without audio"));
}

TEST_F(LibraryScanTest, uses_another_model_for_what_is_new_and_for_the_rest_when_asked) {
    scan();
    Model other = model_of_the_tests();
    other.name = "other";
    write_model(other, path("other.earmark"));
    add("new.wav", "coded_s16.wav");
    const Outcome outcome = scan({"--model", path("other.earmark")});
    EXPECT_THAT(
        outcome.out,
        AllOf(StartsWith("1 new, 4 unchanged\n1 file analyzed"),
              HasSubstr(
                  "\n4 files analyzed by another model, which searches do not find; --stale analyzes them again\n")));
    EXPECT_EQ(query("SELECT count(*) FROM track WHERE state = 'stale'"), "4");
    const std::string stale = query("SELECT path FROM track WHERE state = 'stale' LIMIT 1");
    EXPECT_EQ(run_earmark({"library", "similar", "--db", db(), stale}).err,
              "earmark: " + stale +
                  ": was analyzed by another model; 'earmark library scan --stale' analyzes it "
                  "again\nearmark: no seed can be used; expected tracks of the library, audio files or playlists\n");
    EXPECT_THAT(scan({"--model", path("other.earmark"), "--stale"}).out,
                StartsWith("5 unchanged\n4 files analyzed, in "));
    EXPECT_THAT(scan().out,
                AllOf(StartsWith("5 unchanged\n0 files analyzed"), HasSubstr("1 file analyzed by another")));
    EXPECT_EQ(query("SELECT count(*) FROM analysis"), "9");
}

TEST_F(LibraryScanTest, goes_on_after_it_was_killed_and_loses_nothing) {
    for (int i = 0; i < 40; ++i) {
        // Other audio each time: a part of the recording.
        const std::string name = path("music/part" + std::to_string(i) + ".mp3");
        std::filesystem::copy_file(recording("long.mp3"), name);
        std::filesystem::resize_file(name, std::filesystem::file_size(name) - 90 * static_cast<std::size_t>(i));
    }
    EXPECT_EQ(scan({"--jobs", "2"}).exit_status, 0);
    const std::string whole = rows();
    for (const std::string suffix : {"", "-wal", "-shm"}) std::filesystem::remove(db() + suffix);
    int kill_count = 0;
    for (const char* const delay_s : {"0.05", "0.1", "0.2", "0.3", "0.4"}) {
        Surroundings killed;
        killed.launcher = {"/usr/bin/timeout", "-s", "KILL", delay_s};
        if (scan({"--jobs", "2"}, killed).exit_status == 137) ++kill_count;
    }
    EXPECT_GT(kill_count, 0);
    EXPECT_EQ(scan({"--jobs", "2"}).exit_status, 0);
    EXPECT_EQ(rows(), whole);
    EXPECT_EQ(query("PRAGMA integrity_check"), "ok");
}

TEST_F(LibraryScanTest, ends_when_it_is_interrupted_and_goes_on_later) {
    // More work than fits into the time.
    for (int i = 0; i < 3000; ++i)
        folder_.write("music/" + std::to_string(i) + ".mp3",
                      read_text(recording("long.mp3")) + std::to_string(i) + read_text(recording("coded.mp3")));
    Surroundings interrupted;
    interrupted.launcher = {"/usr/bin/timeout", "--foreground", "--preserve-status", "-s", "INT", "1"};
    const Outcome outcome = scan({"--jobs", "2"}, interrupted);
    EXPECT_EQ(outcome.exit_status, 1);
    EXPECT_THAT(outcome.out,
                AllOf(HasSubstr("\nstopped: "), HasSubstr(" of 3004 files done; the next scan goes on\n")));
    const std::string pending = query("SELECT count(*) FROM track WHERE state = 'pending'");
    EXPECT_NE(pending, "0");
    EXPECT_THAT(outcome.out, EndsWith(db() + ": 3004 tracks, " + pending + " of them still to be analyzed\n"));
}

TEST_F(LibraryScanTest, runs_a_command_once_it_has_ended) {
    EXPECT_EQ(scan({"--after", "echo $EARMARK_CHANGED > " + path("changed")}).exit_status, 0);
    EXPECT_EQ(read_text(path("changed")), "4\n");
    const Outcome failed = scan({"--after", "exit 3"});
    EXPECT_EQ(failed.exit_status, 1);
    EXPECT_THAT(failed.err, is_one_line_about("--after: 'exit 3' failed, with exit status 3"));
}

TEST_F(LibraryScanTest, works_at_one_database_at_a_time) {
    scan();
    const catalogue::ScanLock lock(db());
    const Outcome outcome = scan();
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(db() + ": another 'earmark library scan' is at work on it"));
}

TEST_F(LibraryScanTest, leaves_a_database_that_is_not_its_own) {
    const std::string text = folder_.write("state/library.db", "my diary").string();
    EXPECT_THAT(scan().err, is_one_line_about(db() + ": is not an SQLite database"));
    EXPECT_EQ(read_text(text), "my diary");
    std::filesystem::remove(text);
    catalogue::Catalogue(db()).database().execute("PRAGMA user_version = 999");
    const Outcome outcome = scan();
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(db() + ": is of version 999, made by a newer Earmark"));
}

TEST_F(LibraryScanTest, asks_for_a_path_the_first_time) {
    const Outcome outcome = run_with({});
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_THAT(outcome.err, is_one_line_about(db() + ": nothing was scanned yet; expected PATH"));
    EXPECT_TRUE(std::filesystem::is_empty(path("state")));
}

TEST_F(LibraryScanTest, that_fails_leaves_no_empty_database_that_it_has_made) {
    for (const char* const journal : {"wal", "delete"}) {
        const Outcome outcome = run_with({path("nowhere"), "--journal", journal});
        EXPECT_EQ(outcome.exit_status, 1);
        EXPECT_THAT(outcome.err, HasSubstr(path("nowhere") + ": "));
        EXPECT_TRUE(std::filesystem::is_empty(path("state")));
    }
    catalogue::Catalogue{db()};
    EXPECT_EQ(run_with({path("nowhere")}).exit_status, 1);
    EXPECT_TRUE(std::filesystem::exists(db()));
    std::filesystem::remove(db());
    EXPECT_EQ(run_with({path("nowhere"), path("music")}).exit_status, 1);
    EXPECT_EQ(query("SELECT count(*) FROM track"), "4");
}

TEST_F(LibraryScanTest, has_its_database_in_the_state_folder_unless_it_is_named) {
    Surroundings surroundings;
    surroundings.environment = {"XDG_STATE_HOME=" + path("home")};
    const Outcome outcome = run_earmark({"library", "scan", path("music"), "--model", model()}, surroundings);
    EXPECT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_TRUE(std::filesystem::exists(path("home/earmark/library.db")));
}

}  // namespace
}  // namespace earmark
