#include "base/audio_files.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::StartsWith;
namespace fs = std::filesystem;

TEST(AudioEnding, is_known_in_upper_and_lower_case) {
    for (const char* name : {"a.mp3", "b.FLAC", "c.WebM", "d.mp4", "e.m4b", "f.3gp", "g.m4p", "h.m4r", "i.mpga",
                             "j.wave", "k.eac3", "l.mkv", "m.asf", "n.ts", "o.wma", "p.xm", "q.3g2", "r.zzz.xwma"}) {
        EXPECT_TRUE(has_audio_ending(name)) << name;
    }
}

TEST(AudioEnding, is_not_that_of_other_files_or_of_none) {
    for (const char* name :
         {"a.txt", "a.jpg", "a.m3u", "a.cue", "a.pdf", "mp3", ".mp3", "a.", "", "a.mp3.part", "a.mid"}) {
        EXPECT_FALSE(has_audio_ending(name)) << name;
    }
}

TEST(VideoEnding, is_an_audio_ending_too) {
    for (const char* name : {"a.mp4", "a.MKV", "x/a.ts", "a.webm"}) {
        EXPECT_TRUE(has_video_ending(name)) << name;
        EXPECT_TRUE(has_audio_ending(name)) << name;
    }
    for (const char* name : {"a.mp3", "a.m4a", "mp4", ".mp4", "a.txt"}) EXPECT_FALSE(has_video_ending(name)) << name;
}

class FolderWalkTest : public testing::Test {
protected:
    fs::path path(const std::string& name) const { return folder_.path() / name; }
    void files(const std::vector<std::string>& names) const {
        for (const std::string& name : names) folder_.write(name, "x");
    }
    void link(const fs::path& target, const std::string& name) const {
        fs::create_directories(path(name).parent_path());
        fs::create_directory_symlink(target, path(name));
    }
    std::vector<std::string> relative(const FolderWalk& walk) const {
        std::vector<std::string> names;
        for (const fs::path& file : walk.audio_files) names.push_back(file.lexically_relative(folder_.path()).string());
        return names;
    }
    std::vector<std::string> walked(const std::string& name) const { return relative(walk_folder(path(name))); }

    TemporaryFolder folder_;
};

TEST_F(FolderWalkTest, ends_with_an_error_when_a_stop_is_requested) {
    files({"m/a.mp3"});
    std::stop_source stop;
    stop.request_stop();
    try {
        walk_readable_folder(path("m"), {}, stop.get_token());
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::canceled);
    }
}

TEST_F(FolderWalkTest, of_what_is_no_folder_reports_it) {
    files({"a.mp3"});
    for (const char* name : {"a.mp3", "none"}) {
        const FolderWalk walk = walk_folder(path(name));
        EXPECT_THAT(walk.audio_files, IsEmpty());
        ASSERT_EQ(walk.unreadable.size(), 1U);
        EXPECT_THAT(walk.unreadable[0].error, StartsWith(path(name).string() + ": "));
    }
}

TEST_F(FolderWalkTest, finds_the_audio_of_all_folders_sorted_by_path) {
    files({"m/b.mp3", "m/a/z.flac", "m/a/b/c/d.ogg", "m/c.txt", "m/a.wav"});
    EXPECT_THAT(walked("m"), ElementsAre("m/a/b/c/d.ogg", "m/a/z.flac", "m/a.wav", "m/b.mp3"));
}

TEST_F(FolderWalkTest, keeps_names_of_all_scripts_and_those_that_are_no_text) {
    files({"m/Björk – 真夜中/é.mp3", "m/\xff\xfe.mp3"});
    EXPECT_THAT(walked("m"), ElementsAre("m/Björk – 真夜中/é.mp3", "m/\xff\xfe.mp3"));
}

TEST_F(FolderWalkTest, passes_over_what_is_hidden_or_the_system_s) {
    files({"m/.x.mp3", "m/._a.mp3", "m/.hidden/a.mp3", "m/.Trash-1000/files/b.mp3", "m/@eaDir/a.mp3/SYNO.mp3",
           "m/$RECYCLE.BIN/c.mp3", "m/a.mp3"});
    const FolderWalk walk = walk_folder(path("m"));
    EXPECT_THAT(relative(walk), ElementsAre("m/a.mp3"));
    EXPECT_THAT(walk.passed_over.files, ElementsAre(Pair("hidden", 2)));
    EXPECT_THAT(walk.passed_over.folders, ElementsAre(Pair("hidden", 2), Pair("system", 2)));
    EXPECT_EQ(walk.passed_over.line(),
              "passed over 2 files and 4 folders: 2 hidden, 2 hidden folders, 2 system folders");
}

TEST_F(FolderWalkTest, takes_a_hidden_folder_that_is_asked_for) {
    files({".music/a.mp3"});
    EXPECT_THAT(walked(".music"), ElementsAre(".music/a.mp3"));
}

TEST_F(FolderWalkTest, counts_what_it_passed_over_by_ending) {
    files({"m/a.TXT", "m/b/c.txt", "m/d.pdf", "m/README", "m/f. Live at the Hall", "m/g.m\n3"});
    const FolderWalk walk = walk_folder(path("m"));
    EXPECT_THAT(walk.passed_over.files, ElementsAre(Pair(".pdf", 1), Pair(".txt", 2), Pair("with another ending", 2),
                                                    Pair("without an ending", 1)));
    EXPECT_EQ(walk.passed_over.line(),
              "passed over 6 files: 2 .txt, 2 with another ending, 1 .pdf, 1 without an ending");
}

TEST_F(FolderWalkTest, passes_over_nothing_in_no_words) {
    files({"m/a.mp3"});
    EXPECT_EQ(walk_folder(path("m")).passed_over.line(), "");
}

TEST_F(FolderWalkTest, names_only_the_most_frequent_kinds) {
    files({"m/1.ka", "m/1.kb", "m/1.kc", "m/1.kd", "m/1.ke", "m/1.kf", "m/1.kg", "m/1.kh", "m/2.kh"});
    EXPECT_EQ(walk_folder(path("m")).passed_over.line(),
              "passed over 9 files: 2 .kh, 1 .ka, 1 .kb, 1 .kc, 1 .kd, 1 .ke and 2 others");
}

TEST_F(FolderWalkTest, ends_where_links_lead_back_up) {
    files({"m/a.mp3", "m/b/c.mp3"});
    link(path("m"), "m/b/up");
    link("../..", "m/b/further");
    link("self", "m/self");
    const FolderWalk walk = walk_folder(path("m"));
    EXPECT_THAT(relative(walk), ElementsAre("m/a.mp3", "m/b/c.mp3"));
    EXPECT_THAT(walk.passed_over.folders, ElementsAre(Pair("repeated", 2)));
}

TEST_F(FolderWalkTest, follows_links_to_folders_once) {
    files({"elsewhere/a.mp3", "elsewhere/below/b.mp3", "m/c.mp3"});
    link(path("elsewhere"), "m/first");
    link(path("elsewhere"), "m/second");
    link(path("elsewhere/below"), "m/third");
    const FolderWalk walk = walk_folder(path("m"));
    EXPECT_THAT(relative(walk), ElementsAre("m/c.mp3", "m/first/a.mp3", "m/first/below/b.mp3"));
    EXPECT_THAT(walk.passed_over.folders, ElementsAre(Pair("repeated", 2)));
}

TEST_F(FolderWalkTest, gives_a_file_its_own_path_rather_than_that_of_a_link) {
    files({"m/z/a.mp3"});
    link("z", "m/b");
    EXPECT_THAT(walked("m"), ElementsAre("m/z/a.mp3"));
}

TEST_F(FolderWalkTest, takes_linked_files_and_passes_over_broken_links_and_pipes) {
    files({"elsewhere/a.mp3"});
    link(path("elsewhere/a.mp3"), "m/linked.mp3");
    link("nowhere", "m/broken.mp3");
    ASSERT_EQ(mkfifo(path("m/pipe.mp3").c_str(), 0600), 0);
    const FolderWalk walk = walk_folder(path("m"));
    EXPECT_THAT(relative(walk), ElementsAre("m/linked.mp3"));
    EXPECT_THAT(walk.passed_over.files, ElementsAre(Pair("broken link", 1), Pair("special", 1)));
}

TEST_F(FolderWalkTest, does_not_enter_excluded_folders) {
    files({"m/a/x.mp3", "m/b/y.mp3"});
    link("..", "m/a/up");
    EXPECT_THAT(relative(walk_readable_folder(path("m/a"), {path("m")})), ElementsAre("m/a/x.mp3"));
    EXPECT_THAT(relative(walk_folder(path("m/a"))), ElementsAre("m/a/up/b/y.mp3", "m/a/x.mp3"));
}

TEST_F(FolderWalkTest, reports_a_folder_that_is_not_there_or_is_a_file) {
    files({"file"});
    for (const char* name : {"nowhere", "file"}) {
        const FolderWalk walk = walk_folder(path(name));
        ASSERT_EQ(walk.unreadable.size(), 1U);
        EXPECT_EQ(walk.unreadable[0].folder, path(name));
        EXPECT_THAT(walk.unreadable[0].error, StartsWith(path(name).string() + ": the folder cannot be read: "));
        EXPECT_THROW(walk_readable_folder(path(name)), Error);
    }
}

TEST_F(FolderWalkTest, reports_a_folder_that_may_not_be_read_and_goes_on) {
    if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
    files({"m/closed/a.mp3", "m/open/b.mp3"});
    fs::permissions(path("m/closed"), fs::perms::none);
    const FolderWalk walk = walk_folder(path("m"));
    fs::permissions(path("m/closed"), fs::perms::owner_all);
    EXPECT_THAT(relative(walk), ElementsAre("m/open/b.mp3"));
    ASSERT_EQ(walk.unreadable.size(), 1U);
    EXPECT_EQ(walk.unreadable[0].error, path("m/closed").string() + ": the folder cannot be read: Permission denied");
}

}  // namespace
}  // namespace earmark
