#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::AllOf;
using testing::HasSubstr;

class LibraryStatsTest : public LibraryProgramTest {
protected:
    std::string stats() const { return library("stats", {}).out; }
};

TEST_F(LibraryStatsTest, count_the_tracks_in_which_a_tag_reaches_its_threshold) {
    EXPECT_THAT(stats(), AllOf(HasSubstr("genre       Jazz 4\n"), HasSubstr("mood        Calm 4\n"),
                               HasSubstr("voice       Vocal 2\n")));
}

TEST_F(LibraryStatsTest, count_copies_and_no_missing_track) {
    library_.database().execute("UPDATE track SET audio_id = 1 WHERE id = 5");
    library_.database().execute("UPDATE track SET is_missing = 1 WHERE id = 4");
    EXPECT_THAT(stats(), AllOf(HasSubstr("genre       Jazz 4\n"), HasSubstr("mood        Calm 4\n"),
                               HasSubstr("voice       Vocal 1\n")));
}

TEST_F(LibraryStatsTest, of_a_single_label_model_count_the_most_probable_tag) {
    library_.database().execute("UPDATE model SET is_softmax = 1");
    EXPECT_THAT(stats(), AllOf(HasSubstr("genre       Jazz 1\n"), HasSubstr("mood        Calm 3\n"),
                               HasSubstr("voice       Vocal 2\n")));
}

}  // namespace
}  // namespace earmark
