#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

class FolderImport : public ImportTest {
protected:
    FolderImport() {
        for (const char* name : {"music/Jazz/one.mp3", "music/Jazz/Miles/two.FLAC", "music/Jazz/Miles/album/three.ogg",
                                 "music/mood---Calm/four.wav", "music/Jazz/cover.jpg", "music/.hidden/x.mp3"}) {
            write(name, "x");
        }
    }
};

TEST_F(FolderImport, has_a_tag_for_each_folder_and_artists_below) {
    EXPECT_THAT(texts_of(import_folder(path("music"), "genre")),
                ElementsAre("Jazz/Miles/album/three.ogg||genre---Jazz|Miles", "Jazz/Miles/two.FLAC||genre---Jazz|Miles",
                            "Jazz/one.mp3||genre---Jazz|", "mood---Calm/four.wav||mood---Calm|"));
}

TEST_F(FolderImport, leaves_tags_without_a_category_where_none_is_asked_for) {
    EXPECT_THAT(import_folder(path("music"), "").tags, ElementsAre("Jazz", "mood---Calm"));
}

TEST_F(FolderImport, takes_splits_from_folders_above_the_tags) {
    write("split/train/Jazz/a.mp3", "x");
    write("split/Validation/Jazz/b.mp3", "x");
    write("split/test/Folk/c.mp3", "x");
    EXPECT_THAT(
        texts_of(import_folder(path("split"), "")),
        ElementsAre("Validation/Jazz/b.mp3|valid|Jazz|", "test/Folk/c.mp3|test|Folk|", "train/Jazz/a.mp3|train|Jazz|"));
}

TEST_F(FolderImport, spells_a_tag_with_a_comma_alike_in_manifest_and_list_of_tags) {
    write("commas/rock, hard/a.mp3", "x");
    write_import(import_folder(path("commas"), "genre"), path("out"), {});
    EXPECT_THAT(read_manifest(path("out")).clips.at(0).labels, ElementsAre("genre---rock hard"));
    EXPECT_EQ(read_text(path("out/tags.txt")), "genre---rock hard\n");
}

TEST_F(FolderImport, without_audio_is_an_error) {
    std::filesystem::create_directories(path("none/Jazz"));
    EXPECT_EQ(error([&] { import_folder(path("none"), ""); }),
              "invalid_dataset FOLDER/none: no audio files in its folders; expected DIR/TAG/song");
    EXPECT_EQ(error([&] { import_folder(path("nowhere"), ""); }),
              "not_found FOLDER/nowhere: no such folder; expected DIR/TAG/song");
}

TEST_F(FolderImport, of_one_tags_folder_suggests_the_folder_above) {
    write("moods/wistful/a.mp3", "x");
    const std::string question = " (did you mean '" + path("moods").string() + "'?)";
    EXPECT_EQ(error([&] { import_folder(path("moods/wistful"), ""); }),
              "invalid_dataset FOLDER/moods/wistful: has songs but no tag folders; expected DIR/TAG/song" + question);
    const std::string with_slash = error([&] { import_folder(path("moods/wistful") / "", ""); });
    EXPECT_THAT(with_slash, testing::EndsWith(question));
}

TEST_F(FolderImport, skips_folders_without_audio_next_to_folders_of_splits) {
    write("split/train/Jazz/a.mp3", "x");
    write("split/test/Jazz/b.mp3", "x");
    write("split/covers/front.jpg", "x");
    write("split/train/loose.mp3", "x");
    const Imported imported = import_folder(path("split"), "");
    EXPECT_THAT(texts_of(imported), ElementsAre("test/Jazz/b.mp3|test|Jazz|", "train/Jazz/a.mp3|train|Jazz|"));
    EXPECT_THAT(imported.notes, ElementsAre(path("split").string() + ": passed over 1 file: 1 .jpg",
                                            "an audio file is in no tag folder and was left out: " +
                                                path("split/train/loose.mp3").string()));
}

TEST_F(FolderImport, with_folders_of_splits_and_of_tags_is_an_error) {
    write("mixed/train/Jazz/a.mp3", "x");
    write("mixed/test/Jazz/b.mp3", "x");
    write("mixed/Folk/c.mp3", "x");
    EXPECT_EQ(error([&] { import_folder(path("mixed"), ""); }),
              "invalid_dataset FOLDER/mixed: has folders named after splits (test) and others (Folk); expected only "
              "one of the two");
}

TEST_F(FolderImport, may_have_a_tag_that_is_called_as_a_split_is) {
    write("noises/train/a.mp3", "x");
    write("noises/plane/b.mp3", "x");
    EXPECT_THAT(import_folder(path("noises"), "").tags, ElementsAre("plane", "train"));
}

TEST_F(FolderImport, gives_a_file_that_is_linked_from_another_tag_both) {
    write("links/Jazz/a.mp3", "x");
    std::filesystem::create_directories(path("links/Soul"));
    std::filesystem::create_symlink("../Jazz/a.mp3", path("links/Soul/a.mp3"));
    EXPECT_THAT(texts_of(import_folder(path("links"), "")), ElementsAre("Jazz/a.mp3||Jazz,Soul|"));
}

TEST_F(FolderImport, takes_the_music_of_a_linked_artist) {
    write("elsewhere/Miles/a.mp3", "x");
    std::filesystem::create_directories(path("linked/Jazz"));
    std::filesystem::create_directory_symlink(path("elsewhere/Miles"), path("linked/Jazz/Miles"));
    EXPECT_THAT(texts_of(import_folder(path("linked"), "")), ElementsAre("Jazz/Miles/a.mp3||Jazz|Miles"));
}

TEST_F(FolderImport, gives_an_album_that_is_linked_from_another_tag_both) {
    write("albums/Jazz/Miles/kind/a.mp3", "x");
    std::filesystem::create_directories(path("albums/Soul"));
    std::filesystem::create_directory_symlink("../Jazz/Miles", path("albums/Soul/Davis"));
    EXPECT_THAT(texts_of(import_folder(path("albums"), "")), ElementsAre("Jazz/Miles/kind/a.mp3||Jazz,Soul|Miles"));
}

TEST_F(FolderImport, ends_where_links_lead_back_up) {
    write("loops/Jazz/a.mp3", "x");
    write("loops/Soul/b.mp3", "x");
    std::filesystem::create_directory_symlink("..", path("loops/Jazz/up"));
    std::filesystem::create_directory_symlink(".", path("loops/Soul/self"));
    const Imported imported = import_folder(path("loops"), "");
    EXPECT_THAT(texts_of(imported), ElementsAre("Jazz/a.mp3||Jazz|", "Soul/b.mp3||Soul|"));
    EXPECT_THAT(imported.notes, ElementsAre(path("loops").string() + ": passed over 2 folders: 2 repeated folders"));
}

TEST_F(FolderImport, notes_in_one_line_what_it_passed_over) {
    write("music/@eaDir/SYNO@.mp3", "x");
    write("music/Jazz/notes.TXT", "x");
    EXPECT_THAT(import_folder(path("music"), "").notes,
                ElementsAre(path("music").string() + ": passed over 2 files and 2 folders: 1 .jpg, 1 .txt, 1 hidden "
                                                     "folder, 1 system folder"));
}

TEST_F(FolderImport, of_a_folder_whose_name_is_no_tag_is_an_error) {
    write("odd/, ,/a.mp3", "x");
    EXPECT_EQ(error([&] { import_folder(path("odd"), "genre"); }),
              "invalid_dataset FOLDER/odd/, ,: expected the name of a tag, found only commas and spaces");
}

TEST_F(FolderImport, passes_over_videos_that_hold_no_audio) {
    for (const char* name : {"films/Jazz/a.mp3", "films/Jazz/b.mp4", "films/Jazz/silent.mp4"}) write(name, "x");
    std::vector<std::string> asked;
    const auto holds_audio = [&](const std::filesystem::path& video) {
        asked.push_back(video.filename().string());
        return video.filename() != "silent.mp4";
    };
    const Imported imported = import_folder(path("films"), "", {}, holds_audio);
    EXPECT_THAT(texts_of(imported), ElementsAre("Jazz/a.mp3||Jazz|", "Jazz/b.mp4||Jazz|"));
    EXPECT_THAT(imported.notes, ElementsAre(path("films").string() + ": passed over 1 video without audio"));
    EXPECT_THAT(asked, ElementsAre("b.mp4", "silent.mp4")) << "other files need not be opened";
}

TEST_F(FolderImport, of_a_folder_whose_name_is_not_utf8_is_an_error) {
    write("odd/caf\xE9/a.mp3", "x");
    EXPECT_EQ(error([&] { import_folder(path("odd"), "genre"); }),
              "invalid_dataset FOLDER/odd/caf\xE9: expected the name of a tag in UTF-8; rename the folder");
}

TEST_F(FolderImport, spells_accents_of_tags_in_one_way) {
    write("accents/caf\u00E9/a.mp3", "x");
    write("accents/cafe\u0301/b.mp3", "x");
    EXPECT_THAT(import_folder(path("accents"), "").tags, ElementsAre("caf\u00E9"));
}

class TableImport : public ImportTest {
protected:
    Imported import(const std::string& text, const TableColumns& columns = {}) const {
        return import_table(write("songs.csv", text), columns);
    }
    std::string error_in(const std::string& text) const {
        return error([&] { import(text); });
    }
};

TEST_F(TableImport, reads_comma_separated_values) {
    const Imported imported = import(
        "artist,path,tags,split,duration_s,known\n"
        "\"Who, The\",a.mp3,\"genre---rock,sad\",training,12.5,genre\nBach,b.mp3,,val,,\n");
    EXPECT_THAT(texts_of(imported), ElementsAre("a.mp3|train|genre---rock,sad|Who, The", "b.mp3|valid||Bach"));
    EXPECT_DOUBLE_EQ(imported.clips[0].duration_s, 12.5);
    EXPECT_THAT(imported.clips[0].clip.known.value(), ElementsAre("genre"));
    EXPECT_FALSE(imported.clips[1].clip.known);
}

TEST_F(TableImport, reads_values_between_tabs_and_semicolons) {
    EXPECT_THAT(texts_of(import("path\ttags\na, b.mp3\trock,sad\n")), ElementsAre("a, b.mp3||rock,sad|"));
    EXPECT_THAT(texts_of(import("path;tags\na.mp3;rock,sad\n")), ElementsAre("a.mp3||rock,sad|"));
}

TEST_F(TableImport, finds_the_separator_outside_quotes_or_in_a_line_of_its_own) {
    EXPECT_THAT(texts_of(import("\"size, in bytes\";path;tags\n5;a.mp3;rock\n")), ElementsAre("a.mp3||rock|"));
    EXPECT_THAT(texts_of(import("sep=;\r\npath;tags\r\na.mp3;rock,sad\r\n")), ElementsAre("a.mp3||rock,sad|"));
    EXPECT_THAT(texts_of(import("\xEF\xBB\xBFsep=|\npath|tags\na.mp3|rock\n")), ElementsAre("a.mp3||rock|"));
    EXPECT_EQ(error_in("sep=;\npath;tags\n;x\n"), "invalid_dataset FOLDER/songs.csv:3: the path is empty");
}

TEST_F(TableImport, names_what_is_no_text) {
    EXPECT_EQ(error_in("\x1F\x8B\x08"),
              "unreadable FOLDER/songs.csv: is gzip-compressed; expected text; unpack it first (gzip -d)");
    EXPECT_EQ(
        error_in("PK\x03\x04"),
        "unreadable FOLDER/songs.csv: is a zip archive or a spreadsheet; expected text; unpack it, or save it as CSV");
    for (const std::string_view text : {std::string_view("\xFF\xFEp\0", 4), std::string_view("\xFE\xFF\0p", 4)}) {
        EXPECT_EQ(error_in(std::string(text)),
                  "unreadable FOLDER/songs.csv: is UTF-16; expected UTF-8; save it as UTF-8");
    }
}

TEST_F(TableImport, has_tags_in_columns_named_after_categories) {
    EXPECT_THAT(texts_of(import("path,genre,mood\na.mp3,Rock,\"Calm,Warm\"\nb.mp3,,Sad\n")),
                ElementsAre("a.mp3||genre---Rock,mood---Calm,mood---Warm|", "b.mp3||mood---Sad|"));
}

TEST_F(TableImport, knows_the_usual_words_for_splits_in_any_capitals_and_notes_others) {
    const Imported imported =
        import("path,tags,split\na,x,Train\nb,x,TEST\nc,x,validation\nd,x,Val\ne,x,dev\nf,x,TRAINING\ng,x,cv\nh,x,\n");
    std::vector<std::string> words;
    for (const ListedClip& listed : imported.clips) words.push_back(listed.clip.split);
    EXPECT_THAT(words, ElementsAre("train", "test", "valid", "valid", "valid", "train", "cv", ""));
    EXPECT_THAT(imported.notes, ElementsAre("the split 'cv' of 1 clips is not train, valid or test: training does "
                                            "not use it"));
}

TEST_F(TableImport, columns_may_have_other_names) {
    EXPECT_THAT(texts_of(import("file,labels\na.mp3,rock|sad\n", {"file", "labels", '|'})),
                ElementsAre("a.mp3||rock,sad|"));
}

TEST_F(TableImport, has_no_commas_in_tags_and_each_of_them_once) {
    const Imported imported =
        import("path\ttags\tgenre\tknown\na.mp3\trock, hard|rock hard|,\tA,B\tx|rock,hard\n", {"path", "tags", '|'});
    EXPECT_THAT(imported.clips.at(0).clip.labels, ElementsAre("rock hard", "genre---A B"));
    EXPECT_THAT(imported.clips[0].clip.known.value(), ElementsAre("x", "rock hard"));
    EXPECT_THAT(imported.tags, ElementsAre("genre---A B", "rock hard"));
}

TEST_F(TableImport, passes_over_empty_rows_of_a_spreadsheet) {
    EXPECT_THAT(texts_of(import("path;tags;\n;;\na.mp3;rock;\n;;\n")), ElementsAre("a.mp3||rock|"));
}

TEST_F(TableImport, spells_accents_of_tags_and_artists_in_one_way) {
    const Imported imported =
        import("path,tags,artist,known\na,\"cafe\u0301,caf\u00E9\",Bjo\u0308rk,cafe\u0301\nb,caf\u00E9,Bj\u00F6rk,\n");
    EXPECT_THAT(texts_of(imported), ElementsAre("a||caf\u00E9|Bj\u00F6rk", "b||caf\u00E9|Bj\u00F6rk"));
    EXPECT_THAT(imported.tags, ElementsAre("caf\u00E9"));
    EXPECT_THAT(imported.clips[0].clip.known.value(), ElementsAre("caf\u00E9"));
}

TEST_F(TableImport, refuses_what_is_not_utf8_unless_it_is_the_name_of_a_file) {
    const std::string end = " are not UTF-8; expected UTF-8; save the table with this encoding";
    EXPECT_EQ(error_in("path,tags\na,x\nb,caf\xE9\n"),
              "invalid_dataset FOLDER/songs.csv:3: the values of 'tags'" + end);
    EXPECT_EQ(error_in("path,mood\na,caf\xE9\n"), "invalid_dataset FOLDER/songs.csv:2: the values of 'mood'" + end);
    EXPECT_EQ(error_in("path,tags,artist\na,x,Bj\xF6rk\n"),
              "invalid_dataset FOLDER/songs.csv:2: the values of 'artist'" + end);
    const std::string file = "path,tags\ncaf\xE9.mp3,x\n";
    EXPECT_EQ(error_in(file), "invalid_dataset FOLDER/songs.csv:2: the paths" + end);
    write("caf\xE9.mp3", "x");
    EXPECT_EQ(import(file).clips.at(0).clip.path, "caf\xE9.mp3");
}

TEST_F(TableImport, names_the_line_of_what_is_wrong) {
    EXPECT_EQ(error_in("file,tags\n"), "invalid_dataset FOLDER/songs.csv:1: no column 'path' in the header");
    EXPECT_EQ(error_in("Path,tags\n"),
              "invalid_dataset FOLDER/songs.csv:1: no column 'path' in the header; did you mean 'Path'?");
    EXPECT_EQ(error_in("path,title\n"),
              "invalid_dataset FOLDER/songs.csv:1: expected a column 'tags', or one of genre, mood, instrument, voice, "
              "era and other");
    EXPECT_EQ(error_in("path,tags\n"), "invalid_dataset FOLDER/songs.csv: has no clips; expected one line per clip");
    EXPECT_EQ(error_in("path,tags,tags\na,b,c\n"), "invalid_dataset FOLDER/songs.csv:1: column 'tags' occurs twice");
    EXPECT_EQ(error_in("path,tags\na.mp3,x\n./a.mp3,y\n"),
              "invalid_dataset FOLDER/songs.csv:3: ./a.mp3 is already on line 2");
    EXPECT_EQ(error_in("path,tags\n,x\n"), "invalid_dataset FOLDER/songs.csv:2: the path is empty");
    EXPECT_EQ(error_in("path,tags,duration_s\na.mp3,x,3:20\n"),
              "invalid_dataset FOLDER/songs.csv:2: expected a number of seconds as duration_s, found '3:20'");
    for (const char* odd : {"-3", "nan", "inf"}) {
        EXPECT_THAT(error_in(std::string("path,tags,duration_s\na.mp3,x,") + odd + "\n"),
                    testing::HasSubstr(std::string("found '") + odd + "'"));
    }
    EXPECT_EQ(error_in("path,tags\ncaf\u00E9,x\ncafe\u0301,y\n"),
              "invalid_dataset FOLDER/songs.csv:3: cafe\u0301 is already on line 2");
    EXPECT_EQ(error_in(""), "invalid_dataset FOLDER/songs.csv: is empty; expected a header line");
}

}  // namespace
}  // namespace earmark::test
