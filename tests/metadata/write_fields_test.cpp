// Files are replaced as a whole, after all else was compared, and come back byte for byte.
#include "metadata/write_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "earmark/error.h"
#include "metadata/file_state.h"
#include "metadata/new_file.h"
#include "tests/support/temporary_folder.h"

namespace earmark::metadata {
namespace {

using testing::HasSubstr;

class WriteFields : public testing::Test {
protected:
    WriteFields() { std::filesystem::create_directory(journal_path().parent_path()); }

    std::filesystem::path song(const std::string& name, const std::string& recording = "long.flac") const {
        std::filesystem::copy_file(std::string(EARMARK_GOLDEN_DIR) + "/decode/" + recording, folder_.path() / name);
        return folder_.path() / name;
    }

    static PlannedFile planned(const std::filesystem::path& path, const FieldValues& values) {
        const FileSource source(path);
        const FileState state = state_of(source);
        PlannedFile file{path, state.size_bytes, state.modified_ns, digest_of(list_fields(source, path)), {}};
        for (const auto& [field, texts] : values) file.changes.push_back({field, {}, texts});
        return file;
    }

    WriteResult write(const PlannedFile& file, const WriteOptions& options = {}) const {
        JournalWriter journal(journal_path(), "plan");
        return write_fields(file, {}, journal, options);
    }

    std::string error_of_write(const PlannedFile& file) const {
        try {
            write(file);
        } catch (const Error& error) {
            return error.what();
        }
        return "no error";
    }

    // All records, the last one first.
    std::vector<UndoState> undo_all() const {
        std::vector<UndoState> states;
        const Journal journal(journal_path());
        EXPECT_TRUE(journal.problems().empty());
        JournalWriter writer(journal_path());
        for (std::size_t i = journal.record_count(); i-- > 0;)
            states.push_back(undo(journal.record(i), journal.may_be_torn(i), writer));
        return states;
    }

    std::filesystem::path journal_path() const { return folder_.path() / "state" / "journal"; }

    std::size_t file_count() const {
        const std::filesystem::directory_iterator entries(folder_.path());
        return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
    }

    TemporaryFolder folder_;
};

const FieldValues jazz{{TagField::genre, {"Jazz", "Soul"}}, {TagField::mood, {"Calm"}}};

TEST_F(WriteFields, writes_and_comes_back_byte_for_byte) {
    for (const std::string recording :
         {"coded.aac", "coded.aiff", "coded.flac", "coded.m4a", "coded.mp3", "coded.oga", "coded.ogg", "coded.opus",
          "coded.spx", "coded.wma", "coded.wv", "coded_s16.wav", "coded_rf64.wav", "cover.mp3", "long_pages.opus"}) {
        const auto path = song("a" + recording, recording);
        const std::string before = read_text(path);
        const FileState state = state_of(path);
        EXPECT_EQ(write(planned(path, jazz)).state, WriteResult::State::written) << recording;
        EXPECT_NE(read_text(path), before);
        EXPECT_EQ(list_fields(FileSource(path), path).values, jazz);
        EXPECT_EQ(file_count(), 2U);  // the song and the folder of the journal
        EXPECT_THAT(undo_all(), testing::ElementsAre(UndoState::restored));
        EXPECT_EQ(read_text(path), before);
        EXPECT_EQ(state_of(path).modified_ns, state.modified_ns);
        EXPECT_THAT(undo_all(), testing::ElementsAre(UndoState::already_done));
        std::filesystem::remove(path);
        std::filesystem::remove(journal_path());
    }
}

TEST_F(WriteFields, does_nothing_to_a_file_that_has_the_values) {
    const auto path = song("a.flac");
    const PlannedFile plan = planned(path, jazz);
    write(plan);
    const FileState state = state_of(path);
    EXPECT_EQ(write(plan).state, WriteResult::State::already_done);
    EXPECT_EQ(state_of(path), state);
}

TEST_F(WriteFields, writes_a_second_tag_that_has_other_values_than_the_first) {
    const auto path = song("a.mp3", "coded.mp3");
    write(planned(path, jazz));
    std::string id3v1 = "TAG" + std::string(125, '\0');
    id3v1.back() = 17;  // Rock
    folder_.write("a.mp3", read_text(path) + id3v1);
    const PlannedFile plan = planned(path, jazz);
    EXPECT_EQ(write(plan).state, WriteResult::State::written);
    EXPECT_EQ(read_text(path).back(), 8) << "Jazz";
    EXPECT_EQ(write(plan).state, WriteResult::State::already_done);
}

TEST_F(WriteFields, goes_back_through_several_changes_of_a_file) {
    const auto path = song("a.flac");
    const std::string before = read_text(path);
    write(planned(path, jazz));
    write(planned(path, {{TagField::genre, {"Rock"}}}));
    EXPECT_THAT(undo_all(), testing::ElementsAre(UndoState::restored, UndoState::restored));
    EXPECT_EQ(read_text(path), before);
}

TEST_F(WriteFields, leaves_a_file_alone_that_was_changed_since_the_plan) {
    const auto path = song("a.flac");
    const PlannedFile plan = planned(path, jazz);
    std::filesystem::last_write_time(path, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
    EXPECT_THAT(error_of_write(plan), HasSubstr("a.flac: was changed since the plan was made"));
    PlannedFile other = planned(path, jazz);
    other.fields_digest = std::string(32, '0');
    EXPECT_THAT(error_of_write(other), HasSubstr("was changed since"));
    other = planned(path, jazz);
    std::filesystem::remove(path);
    EXPECT_THAT(error_of_write(other), HasSubstr("a.flac: no such file"));
}

TEST_F(WriteFields, leaves_a_file_alone_that_was_changed_since_it_was_written) {
    const auto path = song("a.flac");
    write(planned(path, jazz));
    std::ofstream(path, std::ios::app) << "x";
    const std::string changed = read_text(path);
    EXPECT_THROW(undo_all(), Error);
    EXPECT_EQ(read_text(path), changed);
}

TEST_F(WriteFields, refuses_read_only_files) {
    const auto path = song("a.flac");
    chmod(path.c_str(), 0444);
    EXPECT_THAT(error_of_write(planned(path, jazz)), HasSubstr("a.flac: is read-only"));
}

TEST_F(WriteFields, refuses_formats_that_have_no_place_for_fields) {
    const auto path = folder_.write("a.voc", "Creative Voice File");
    EXPECT_THAT(error_of_write(planned(path, jazz)), HasSubstr("cannot be written: Earmark writes no fields into"));
}

TEST_F(WriteFields, keeps_mode_attributes_and_on_request_the_time) {
    const auto path = song("a.flac");
    chmod(path.c_str(), 0640);
    const bool has_attributes = setxattr(path.c_str(), "user.rating", "5", 1, 0) == 0;
    const FileState state = state_of(path);
    write(planned(path, jazz), {.keeps_time = true});
    EXPECT_EQ(state_of(path).modified_ns, state.modified_ns);
    EXPECT_EQ(state_of(path).mode, 0640U);
    char value[8] = {};
    if (has_attributes) {
        EXPECT_EQ(getxattr(path.c_str(), "user.rating", value, sizeof value), 1);
        EXPECT_STREQ(value, "5");
    }
}

TEST_F(WriteFields, leaves_a_link_a_link) {
    const auto path = song("a.flac");
    std::filesystem::create_symlink(path, folder_.path() / "link.flac");
    write(planned(folder_.path() / "link.flac", jazz));
    EXPECT_TRUE(std::filesystem::is_symlink(folder_.path() / "link.flac"));
    EXPECT_EQ(list_fields(FileSource(path), path).values, jazz);
}

TEST_F(WriteFields, counts_other_names_of_a_file_which_keep_what_it_was) {
    const auto path = song("a.flac");
    std::filesystem::create_hard_link(path, folder_.path() / "seed.flac");
    const std::string before = read_text(path);
    EXPECT_EQ(write(planned(path, jazz)).other_names, 1U);
    EXPECT_EQ(read_text(folder_.path() / "seed.flac"), before);
}

TEST_F(WriteFields, writes_in_place_on_request_and_comes_back) {
    const auto path = song("a.flac");
    std::filesystem::create_hard_link(path, folder_.path() / "other.flac");
    const std::string before = read_text(path);
    const FileState state = state_of(path);
    EXPECT_EQ(write(planned(path, jazz), {.is_in_place = true}).other_names, 0U);
    EXPECT_EQ(state_of(path).inode, state.inode);
    EXPECT_EQ(read_text(folder_.path() / "other.flac"), read_text(path));
    EXPECT_EQ(list_fields(FileSource(path), path).values, jazz);
    EXPECT_THAT(undo_all(), testing::ElementsAre(UndoState::restored));
    EXPECT_EQ(read_text(path), before);
    EXPECT_EQ(state_of(path).inode, state.inode);
    EXPECT_EQ(state_of(path).modified_ns, state.modified_ns);
}

TEST_F(WriteFields, comes_back_from_a_mixture_that_a_crash_left_in_place) {
    const auto path = song("a.flac");
    std::filesystem::create_hard_link(path, folder_.path() / "other.flac");
    const std::string before = read_text(path);
    write(planned(path, jazz), {.is_in_place = true});
    const std::string after = read_text(path);
    const std::string journal = read_text(journal_path());
    // The last line shows that the file was written to its end.
    const std::size_t last = journal.rfind('\n', journal.size() - 2) + 1;
    folder_.write("state/journal", journal.substr(0, last));
    for (const std::size_t cut : {std::size_t{60}, std::size_t{300}, after.size() / 2, after.size() - 1}) {
        std::string torn = after.substr(0, cut) + (cut < before.size() ? before.substr(cut) : "");
        if (torn == before || torn == after) continue;
        folder_.write("a.flac", torn);
        EXPECT_THAT(undo_all(), testing::ElementsAre(UndoState::restored)) << cut;
        EXPECT_EQ(read_text(path), before);
        folder_.write("state/journal", journal.substr(0, last));
    }
}

TEST_F(WriteFields, removes_what_a_killed_process_left) {
    const auto path = song("a.flac");
    folder_.write(".earmark-999999999-0.flac", "half");
    folder_.write(".earmark-note", "of the user");
    remove_leftover_new_files(folder_.path());
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / ".earmark-999999999-0.flac"));
    EXPECT_TRUE(std::filesystem::exists(folder_.path() / ".earmark-note"));
}

}  // namespace
}  // namespace earmark::metadata
