// Fingerprints of a library: who keeps them, and what they decide.
#include "tests/program/fixture.h"
#include "tests/program/library/fixture.h"

namespace earmark {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class LibraryFingerprintTest : public LibraryProgramTest {
protected:
    std::string fingerprint_by(std::vector<std::string> command, const std::string& database) const {
        command.insert(command.end(), {std::string(EARMARK_SAMPLES_DIR) + "/rock-band.mp3", "--model", path("model"),
                                       "--db", path(database)});
        EXPECT_EQ(run_earmark(command).exit_status, 0);
        catalogue::Catalogue catalogue(path(database), {catalogue::OpenMode::read, {}});
        return catalogue.database().text("SELECT hex(fingerprint) FROM audio");
    }
};

TEST_F(LibraryFingerprintTest, are_kept_by_all_that_analyze) {
    write_model(model_of_the_tests(), path("model"));
    const std::string scanned = fingerprint_by({"library", "scan"}, "scanned.db");
    constexpr std::size_t digits = 8;
    EXPECT_GT(scanned.size(), 150 * digits);
    EXPECT_EQ(fingerprint_by({"tag"}, "tagged.db"), scanned);
    EXPECT_EQ(fingerprint_by({"write-tags", "--overwrite", "--plan", path("plan")}, "planned.db"), scanned);
}

TEST_F(LibraryFingerprintTest, are_added_to_what_is_older_by_stale_and_only_once) {
    write_model(model_of_the_tests(), path("model"));
    const std::string scanned = fingerprint_by({"library", "scan"}, "old.db");
    catalogue::Catalogue(path("old.db")).database().execute("UPDATE audio SET fingerprint = NULL");
    EXPECT_EQ(fingerprint_by({"library", "scan"}, "old.db"), "");
    EXPECT_EQ(fingerprint_by({"library", "scan", "--stale"}, "old.db"), scanned);
    EXPECT_THAT(run_earmark({"library", "scan", "--stale", "--model", path("model"), "--db", path("old.db")}).out,
                HasSubstr("0 files analyzed"));
}

TEST_F(LibraryFingerprintTest, decide_which_tracks_are_one_recording) {
    const auto similar = [&] { return names_in(library("similar", {"1"}).out); };
    library_.database().execute("UPDATE track SET duration_s = 180");
    EXPECT_THAT(similar(), Contains("a/blue"));
    library_.database().execute("UPDATE audio SET fingerprint = zeroblob(800) WHERE id <= 2");
    EXPECT_THAT(similar(), Not(Contains("a/blue")));
    library_.database().execute("UPDATE audio SET fingerprint = CAST(printf('%.800c', 'x') AS BLOB) WHERE id = 2");
    EXPECT_THAT(similar(), Contains("a/blue"));
}

}  // namespace
}  // namespace earmark
