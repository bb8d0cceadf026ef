#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// The other end of a terminal: what the program shows is read here.
class Screen {
public:
    Screen() : descriptor_(posix_openpt(O_RDWR | O_NOCTTY)) {
        if (descriptor_ < 0 || grantpt(descriptor_) != 0 || unlockpt(descriptor_) != 0) return;
        std::array<char, 64> name{};
        if (ptsname_r(descriptor_, name.data(), name.size()) == 0) path_ = name.data();
    }
    ~Screen() {
        if (descriptor_ >= 0) close(descriptor_);
    }
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    const std::string& path() const { return path_; }

    std::string text() const {
        std::array<char, 4096> bytes{};
        std::string text;
        for (ssize_t count = 0; (count = read(descriptor_, bytes.data(), bytes.size())) > 0;)
            text.append(bytes.data(), static_cast<std::size_t>(count));
        return text;
    }

private:
    int descriptor_;
    std::string path_;
};

class TextTest : public ProgramTest {
protected:
    std::string shown_on_a_terminal(std::vector<std::string> environment) {
        const Screen screen;
        const std::string name = song("song.flac");
        // Held open, so that nothing is lost when the program ends.
        const int other_end = open(screen.path().c_str(), O_RDWR | O_NOCTTY);
        EXPECT_EQ(tag({name}, {.standard_output = screen.path(), .environment = std::move(environment)}).exit_status,
                  0);
        close(other_end);
        return screen.text();
    }
};

TEST_F(TextTest, shows_a_path_that_would_clear_the_screen_with_escapes) {
    const std::string name = song("a\nfake.mp3  3:00\x1b[2J.flac");
    EXPECT_THAT(tag({name}).out, StartsWith(path("a\\nfake.mp3  3:00\\x1b[2J.flac") + "  0:02\n"));
}

TEST_F(TextTest, shows_what_is_present_grouped_by_category_and_aligned) {
    const std::vector<std::string> lines = lines_of(tag({song("song.flac")}).out);
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0], path("song.flac") + "  0:02");
    EXPECT_THAT(lines[1], testing::ContainsRegex("^  genre       Rock   [01]\\.[0-9][0-9]  "));
    EXPECT_THAT(lines[2], testing::ContainsRegex("^  instrument  Piano  [01]\\.[0-9][0-9]  "));
}

TEST_F(TextTest, shows_all_tags_in_the_order_of_the_categories) {
    const std::vector<std::string> lines = lines_of(tag({"--all", song("song.flac")}).out);
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_THAT(lines[1], StartsWith("  genre       Rock "));
    EXPECT_THAT(lines[2], StartsWith("  mood        Calm "));
    EXPECT_THAT(lines[3], StartsWith("  instrument  Piano"));
    EXPECT_THAT(lines[4], StartsWith("  voice       Choir"));
    EXPECT_THAT(lines[5], StartsWith("  era         80s  "));
}

TEST_F(TextTest, names_a_category_once) {
    Model model = model_of_the_tests();
    model.tags[1] = tag_from_label("genre---Jazz");
    write_model(model, path("two_genres.earmark"));
    const Outcome outcome = run_earmark({"tag", "--model", path("two_genres.earmark"), "--all", song("song.flac")});
    const std::vector<std::string> lines = lines_of(outcome.out);
    ASSERT_EQ(lines.size(), 6U);
    EXPECT_THAT(lines[1], StartsWith("  genre       "));
    EXPECT_THAT(lines[2], StartsWith("              "));
    EXPECT_THAT(lines[2] + lines[1], testing::AllOf(HasSubstr("Rock"), HasSubstr("Jazz")));
}

TEST_F(TextTest, has_an_empty_line_between_songs) {
    const std::string text = tag({song("a.flac"), song("b.flac")}).out;
    EXPECT_THAT(text, HasSubstr("\n\n" + path("b.flac") + "  0:02\n"));
    EXPECT_EQ(lines_of(text).size(), 7U);
}

TEST_F(TextTest, has_no_escape_codes_in_a_file) {
    EXPECT_THAT(tag({"--all", song("song.flac")}).out, Not(HasSubstr("\x1b")));
}

TEST_F(TextTest, has_color_on_a_terminal) { EXPECT_THAT(shown_on_a_terminal({}), HasSubstr("\x1b[36m")); }

TEST_F(TextTest, has_no_color_on_a_terminal_when_no_color_is_set) {
    const std::string text = shown_on_a_terminal({"NO_COLOR=1"});
    EXPECT_THAT(text, HasSubstr("Rock"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST_F(TextTest, has_no_color_on_a_terminal_that_knows_none) {
    const std::string text = shown_on_a_terminal({"TERM=dumb"});
    EXPECT_THAT(text, HasSubstr("Rock"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST_F(TextTest, has_bars_of_plain_characters_where_the_locale_has_no_others) {
    const std::vector<std::string> arguments{"--all", song("song.flac")};
    EXPECT_THAT(tag(arguments).out, Not(HasSubstr("#")));
    const std::string plain = tag(arguments, {.environment = {"LC_ALL=C"}}).out;
    EXPECT_THAT(plain, HasSubstr("#"));
    EXPECT_TRUE(std::ranges::all_of(plain, [](unsigned char character) { return character < 0x80; }));
}

}  // namespace
}  // namespace earmark
