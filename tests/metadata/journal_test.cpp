#include "metadata/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "earmark/error.h"
#include "metadata/packed.h"
#include "tests/support/temporary_folder.h"

namespace earmark::metadata {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

JournalRecord a_record(const std::string& name) {
    Pieces pieces;
    pieces.literal("head\0\n"s);
    pieces.copy(10, 20);
    pieces.literal("tail");
    return {"/music/" + name, 30, -5, std::string(32, 'a'), std::string(32, 'b'), false, pieces};
}

std::string error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

TEST(Packed, comes_back) {
    for (const std::string& bytes : {""s, "a"s, "ab"s, "abc"s, std::string(100'000, 'x'), "\0\xFF\x80"s})
        EXPECT_EQ(unpacked(packed(bytes), bytes.size()), bytes);
    EXPECT_THROW(unpacked(packed("abc"), 2), Damage);
    EXPECT_THROW(unpacked(packed("abc"), 4), Damage);
    EXPECT_THROW(unpacked("!!!!", 4), Damage);
    EXPECT_THROW(unpacked(packed("abc"), std::uint64_t{1} << 60U), Damage);
}

TEST(JournalLine, comes_back_with_names_that_are_no_utf8) {
    for (const std::string name : {"song.mp3", "\xFFnoise.mp3", "new\nline.mp3"}) {
        const JournalLine line{a_record(name), false, {}};
        const std::string text = journal_line_to_text(line);
        EXPECT_EQ(text.find('\n'), text.size() - 1);
        EXPECT_EQ(journal_line_from_text(std::string_view(text).substr(0, text.size() - 1)), line);
    }
    const JournalLine done{std::nullopt, true, "/music/a.mp3"};
    const std::string text = journal_line_to_text(done);
    EXPECT_EQ(journal_line_from_text(std::string_view(text).substr(0, text.size() - 1)), done);
}

TEST(JournalLine, shows_every_damaged_byte) {
    const std::string text = journal_line_to_text({a_record("a.mp3"), false, {}});
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        std::string damaged = text.substr(0, text.size() - 1);
        damaged[i] = damaged[i] == 'x' ? 'y' : 'x';
        EXPECT_THROW(journal_line_from_text(damaged), Damage) << i;
        EXPECT_THROW(journal_line_from_text(text.substr(0, i)), Damage) << i;
    }
}

class JournalFile : public testing::Test {
protected:
    void write(const std::string& name) const { JournalWriter(path(), "plan").add({a_record(name), false, {}}); }
    std::filesystem::path path() const { return folder_.path() / "journal"; }

    TemporaryFolder folder_;
};

TEST_F(JournalFile, goes_on_where_it_was) {
    write("a.mp3");
    write("b.mp3");
    const Journal journal(path());
    ASSERT_EQ(journal.record_count(), 2U);
    EXPECT_EQ(journal.record(0), a_record("a.mp3"));
    EXPECT_EQ(journal.record(1), a_record("b.mp3"));
}

TEST_F(JournalFile, leaves_out_a_last_line_that_was_cut_short_and_writes_over_it) {
    write("a.mp3");
    const std::string whole = read_text(path());
    write("b.mp3");
    const std::string both = read_text(path());
    for (const std::size_t size : {whole.size() + 1, both.size() - 1}) {
        folder_.write("journal", both.substr(0, size));
        EXPECT_EQ(Journal(path()).record_count(), 1U);
        EXPECT_TRUE(Journal(path()).problems().empty());
        write("b.mp3");
        EXPECT_EQ(read_text(path()), both);
    }
    // Not even the first line is whole.
    folder_.write("journal", whole.substr(0, 20));
    write("a.mp3");
    EXPECT_EQ(read_text(path()), whole);
}

TEST_F(JournalFile, reads_the_other_lines_where_one_is_damaged) {
    write("a.mp3");
    write("b.mp3");
    std::string text = read_text(path());
    text.replace(text.find("a.mp3"), 5, "c.mp3");
    folder_.write("journal", text);
    const Journal journal(path());
    ASSERT_EQ(journal.record_count(), 1U);
    EXPECT_EQ(journal.record(0), a_record("b.mp3"));
    ASSERT_EQ(journal.problems().size(), 1U);
    EXPECT_THAT(journal.problems()[0], HasSubstr("journal: line 2 is damaged"));
}

TEST_F(JournalFile, refuses_what_is_no_journal) {
    EXPECT_THAT(error_of([&] { Journal journal(path()); }), HasSubstr("no such file"));
    folder_.write("journal", "");
    EXPECT_THAT(error_of([&] { Journal journal(path()); }), HasSubstr("line 1 is missing"));
    for (const std::string text : {"something\n", "{\"other\":1}\n"}) {
        folder_.write("journal", text);
        EXPECT_THAT(error_of([&] { Journal journal(path()); }), HasSubstr("expected a journal of"));
    }
    for (const std::string text : {"something\n", "something", "{\"other\":1}\n"}) {
        folder_.write("journal", text);
        EXPECT_THAT(error_of([&] { write("a.mp3"); }), HasSubstr("expected a journal of"));
        EXPECT_EQ(read_text(path()), text);
    }
}

TEST_F(JournalFile, belongs_to_one_plan_and_one_process) {
    write("a.mp3");
    EXPECT_THAT(error_of([&] { JournalWriter(path(), "other"); }), HasSubstr("was made for another plan"));
    const JournalWriter writer(path(), "plan");
    EXPECT_THAT(error_of([&] { JournalWriter(path(), "plan"); }), HasSubstr("is in use by another"));
}

TEST_F(JournalFile, names_itself_when_it_cannot_be_written) {
    EXPECT_THAT(error_of([&] { JournalWriter(folder_.path() / "none" / "journal", "plan"); }),
                HasSubstr("none/journal: cannot be written: No such file or directory"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "none"));
    std::filesystem::create_directory(path());
    EXPECT_THAT(error_of([&] { write("a.mp3"); }), HasSubstr("journal: cannot be written"));
}

}  // namespace
}  // namespace earmark::metadata
