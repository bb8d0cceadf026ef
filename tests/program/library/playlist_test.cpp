// Playlists: what is written and read.
#include "apps/library/playlist.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "apps/library/file_uri.h"
#include "earmark/error.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(M3u8, has_what_players_show_of_each_file) {
    const Playlist playlist{
        "My list", {{"/m/a.mp3", "Title", "Artist", "Album", 61.5}, {"/m/#b.mp3", "", "", "", 0.0}}, {}};
    std::size_t passed_over = 0;
    EXPECT_EQ(m3u8_text(playlist, passed_over),
              "#EXTM3U\n#PLAYLIST:My list\n#EXTINF:62,Artist - Title\n/m/a.mp3\n#EXTINF:-1,#b\n/m/#b.mp3\n");
    EXPECT_EQ(passed_over, 0U);
}

TEST(M3u8, has_relative_paths_that_are_no_comments) {
    const Playlist playlist{"", {{"/m/#b.mp3", "T", "", "", 0.0}, {"/n/c.mp3", "T\nU", "", "", 0.0}}, "/m"};
    std::size_t passed_over = 0;
    EXPECT_EQ(m3u8_text(playlist, passed_over), "#EXTM3U\n#EXTINF:-1,T\n./#b.mp3\n#EXTINF:-1,T U\n../n/c.mp3\n");
}

TEST(M3u8, leaves_out_a_path_with_a_line_end) {
    std::size_t passed_over = 0;
    EXPECT_EQ(m3u8_text({"", {{"/m/a\nb.mp3", "", "", "", 0.0}}, {}}, passed_over), "#EXTM3U\n");
    EXPECT_EQ(passed_over, 1U);
}

TEST(FileUri, escapes_bytes_and_reads_them_again) {
    EXPECT_EQ(file_uri("/m/a b/\xC3\xA4%?#.mp3"), "file:///m/a%20b/%C3%A4%25%3F%23.mp3");
    EXPECT_EQ(file_uri("../10:30.mp3"), "../10%3A30.mp3");
    for (const char* path : {"/m/a b/\xC3\xA4%?#.mp3", "/m/caf\xE9\n.mp3", "../10:30.mp3"})
        EXPECT_EQ(path_of_uri(file_uri(path)), std::filesystem::path(path));
    EXPECT_EQ(path_of_uri("file://localhost/m/a.mp3"), std::filesystem::path("/m/a.mp3"));
    EXPECT_FALSE(path_of_uri("http://example.org/a.mp3"));
    EXPECT_FALSE(path_of_uri("file://server/a.mp3"));
    for (const char* broken : {"/m/%", "/m/%4", "/m/%zz", "/m/%00"}) EXPECT_FALSE(path_of_uri(broken)) << broken;
}

TEST(ReadPlaylist, reads_m3u_with_relative_paths_and_uris) {
    TemporaryFolder folder;
    folder.write("lists/a.m3u8",
                 "\xEF\xBB\xBF#EXTM3U\r\n#EXTINF:1,x\r\n../m/a.mp3\r\n\r\n/b.mp3\nhttp://radio/x\nfile:///c%20d.mp3");
    EXPECT_THAT(read_playlist(folder.path() / "lists/a.m3u8"),
                ElementsAre(folder.path() / "m/a.mp3", "/b.mp3", "/c d.mp3"));
}

TEST(ReadPlaylist, reads_what_it_writes) {
    TemporaryFolder folder;
    const Playlist playlist{
        "t", {{"/m/a.mp3", "", "", "", 0.0}, {"/n/\xC3\xA4 #.mp3", "T", "A", "", 5.0}}, folder.path()};
    std::size_t passed_over = 0;
    folder.write("a.m3u", m3u8_text(playlist, passed_over));
    folder.write("a.jspf", jspf_text(playlist));
    for (const char* name : {"a.m3u", "a.jspf"})
        EXPECT_THAT(read_playlist(folder.path() / name), ElementsAre("/m/a.mp3", "/n/\xC3\xA4 #.mp3")) << name;
}

TEST(ReadPlaylist, refuses_what_is_none) {
    TemporaryFolder folder;
    folder.write("a.jspf", "{\"playlist\": {}}");
    std::filesystem::create_directory(folder.path() / "b.m3u");
    for (const char* name : {"a.jspf", "b.m3u", "c.m3u"}) {
        try {
            read_playlist(folder.path() / name);
            ADD_FAILURE() << name;
        } catch (const Error& error) {
            EXPECT_THAT(error.what(), HasSubstr(name));
        }
    }
    EXPECT_TRUE(is_playlist("x.M3U"));
    EXPECT_FALSE(is_playlist("x.mp3"));
}

}  // namespace
}  // namespace earmark
