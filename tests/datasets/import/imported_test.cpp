#include <map>
#include <set>

#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

ListedClip listed(const std::string& path, std::vector<std::string> labels = {}, const std::string& artist = "") {
    return {{path, "", std::move(labels), artist, 0}, 0.0};
}

class Steps : public ImportTest {};

TEST_F(Steps, listed_tags_are_found_without_category_and_spelling) {
    Imported imported;
    imported.clips = {listed("a", {"voice---no vocals", "genre---Hip-Hop", "mood---sad"})};
    imported.tags = {"mood---sad", "voice---no vocals", "genre---Hip-Hop"};
    keep_listed_tags(imported, write("tags.txt", "hiphop\nnoVocals\n"));
    EXPECT_THAT(imported.tags, ElementsAre("genre---Hip-Hop", "voice---no vocals"));
    EXPECT_THAT(imported.clips[0].clip.labels, ElementsAre("voice---no vocals", "genre---Hip-Hop"));
}

TEST_F(Steps, listed_tags_are_kept_once_however_often_they_are_spelled) {
    Imported imported;
    imported.tags = {"voice---no vocals", "a", "genre---rock hard"};
    keep_listed_tags(imported, write("tags.txt", "A\nnoVocals\na\nno vocals\nrock, hard\n"));
    EXPECT_THAT(imported.tags, ElementsAre("a", "voice---no vocals", "genre---rock hard"));
    EXPECT_THAT(imported.notes, IsEmpty());
}

TEST_F(Steps, listed_tags_of_the_same_category_give_their_spelling) {
    Imported imported;
    imported.clips = {listed("a", {"genre---Rock", "genre---Hip-Hop"})};
    imported.tags = {"genre---Rock", "genre---Hip-Hop"};
    keep_listed_tags(imported, write("tags.txt", "genre---rock\ngenre---hip hop\n"));
    EXPECT_THAT(imported.tags, ElementsAre("genre---rock", "genre---hip hop"));
    EXPECT_THAT(imported.clips[0].clip.labels, ElementsAre("genre---rock", "genre---hip hop"));
    EXPECT_THAT(imported.notes, IsEmpty());
}

TEST_F(Steps, listed_tags_that_no_clip_has_are_named_and_left_out) {
    Imported imported;
    imported.tags = {"mood---calm"};
    const auto list = write("tags.txt", "mood/theme---horror\nmood/theme---clam\nmood/theme---calm\npolka\n");
    keep_listed_tags(imported, list);
    EXPECT_THAT(imported.tags, ElementsAre("mood---calm"));
    EXPECT_THAT(imported.notes, ElementsAre(list.string() + ": no clip has 3 of its tags: mood/theme---horror, "
                                                            "mood/theme---clam (did you mean 'mood---calm'?), polka"));
}

TEST_F(Steps, a_list_with_no_tag_of_any_clip_is_an_error) {
    Imported imported;
    imported.tags = {"genre---rock"};
    const auto list = write("tags.txt", "polka\nska\n");
    EXPECT_EQ(error([&] { keep_listed_tags(imported, list); }),
              "invalid_dataset FOLDER/tags.txt: no clip has a tag of this list; the first is polka");
}

class HashSplit : public testing::Test {
protected:
    static Imported songs(std::size_t count) {
        Imported imported;
        for (std::size_t i = 0; i < count; ++i) {
            imported.clips.push_back(listed(std::to_string(i) + ".mp3", {}, "artist " + std::to_string(i / 4)));
        }
        return imported;
    }
    static std::map<std::string, std::size_t> counts(const Imported& imported) {
        std::map<std::string, std::size_t> counts;
        for (const ListedClip& clip : imported.clips) ++counts[clip.clip.split];
        return counts;
    }
};

TEST_F(HashSplit, keeps_an_artist_together) {
    Imported imported = songs(400);
    split_by_hash(imported, {50.0, 25.0, 25.0}, 0);
    std::map<std::string, std::set<std::string>> splits;
    for (const ListedClip& clip : imported.clips) splits[clip.clip.artist].insert(clip.clip.split);
    for (const auto& [artist, names] : splits) EXPECT_EQ(names.size(), 1U) << artist;
}

TEST_F(HashSplit, keeps_the_spellings_of_an_artist_together) {
    Imported imported;
    for (int i = 0; i < 50; ++i) {
        imported.clips.push_back(listed("a" + std::to_string(i), {}, "The Artist " + std::to_string(i)));
        imported.clips.push_back(listed("b" + std::to_string(i), {}, "the  artist " + std::to_string(i)));
    }
    split_by_hash(imported, {50.0, 25.0, 25.0}, 0);
    for (std::size_t i = 0; i < imported.clips.size(); i += 2) {
        EXPECT_EQ(imported.clips[i].clip.split, imported.clips[i + 1].clip.split) << imported.clips[i].clip.artist;
    }
}

TEST_F(HashSplit, comes_near_the_requested_proportions) {
    Imported imported = songs(8000);
    split_by_hash(imported, {70.0, 10.0, 20.0}, 0);
    auto found = counts(imported);
    EXPECT_NEAR(static_cast<double>(found["train"]), 5600.0, 200.0);
    EXPECT_NEAR(static_cast<double>(found["valid"]), 800.0, 160.0);
    EXPECT_NEAR(static_cast<double>(found["test"]), 1600.0, 190.0);
}

TEST_F(HashSplit, is_the_same_when_clips_are_added_and_another_with_another_seed) {
    Imported few = songs(200);
    Imported many = songs(400);
    Imported other = songs(200);
    split_by_hash(few, {}, 0);
    split_by_hash(many, {}, 0);
    split_by_hash(other, {}, 1);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < few.clips.size(); ++i) {
        EXPECT_EQ(few.clips[i].clip.split, many.clips[i].clip.split);
        changed += few.clips[i].clip.split != other.clips[i].clip.split ? 1 : 0;
    }
    EXPECT_GT(changed, 20U);
}

TEST_F(HashSplit, may_leave_a_split_out) {
    Imported imported = songs(400);
    split_by_hash(imported, {80.0, 20.0, 0.0}, 0);
    EXPECT_FALSE(counts(imported).contains("test"));
}

class FindAudio : public ImportTest {
protected:
    Imported find(const std::vector<std::string>& paths, AudioNames names = AudioNames::stems) const {
        Imported imported;
        imported.audio_names = names;
        for (const std::string& name : paths) imported.clips.push_back(listed(name));
        find_audio(imported, path("audio"));
        return imported;
    }
};

TEST_F(FindAudio, by_path_by_any_ending_and_by_name_alone) {
    for (const char* name : {"audio/f/a.mp3", "audio/blues/blues.00012.au", "audio/A/B/TRADIN.mp3",
                             "audio/15/215.low.mp3", "audio/TRADIN.txt", "audio/jazz.00001.au"}) {
        write(name, "x");
    }
    EXPECT_THAT(texts_of(find({"f/a.mp3", "blues/blues.00012.wav", "TRADIN", "15/215.mp3", "jazz.00001"})),
                ElementsAre("f/a.mp3|||", "blues/blues.00012.au|||", "A/B/TRADIN.mp3|||", "15/215.low.mp3|||",
                            "jazz.00001.au|||"));
}

TEST_F(FindAudio, searches_linked_folders_once_and_notes_what_it_passed_over) {
    write("elsewhere/a.webm", "x");
    write("audio/list.txt", "x");
    write("audio/.trash/b.mp3", "x");
    std::filesystem::create_directory_symlink(path("elsewhere"), path("audio/one"));
    std::filesystem::create_directory_symlink(path("elsewhere"), path("audio/two"));
    std::filesystem::create_directory_symlink(".", path("audio/loop"));
    const Imported imported = find({"x/a.mp3", "x/b.mp3"});
    EXPECT_THAT(texts_of(imported), ElementsAre("one/a.webm|||"));
    EXPECT_THAT(imported.notes, ElementsAre(path("audio").string() + ": passed over 1 file and 3 folders: 2 repeated "
                                                                     "folders, 1 .txt, 1 hidden folder"));
}

TEST_F(FindAudio, reports_missing_empty_and_doubled_files) {
    write("audio/0/empty.mp3", "");
    write("audio/1/twice.mp3", "x");
    write("audio/2/twice.flac", "x");
    const Imported imported = find({"0/none.mp3", "0/empty.mp3", "3/twice.mp3"});
    EXPECT_THAT(imported.clips, IsEmpty());
    ASSERT_EQ(imported.left_out.size(), 3U);
    EXPECT_EQ(imported.left_out[0].text(), "missing");
    EXPECT_EQ(imported.left_out[1].reason, "damaged");
    EXPECT_EQ(imported.left_out[1].text(), "damaged: the file is empty");
    EXPECT_EQ(imported.left_out[2].reason, "there are two");
    EXPECT_THAT(imported.left_out[2].detail, testing::HasSubstr(" and "));
    for (const LeftOut& clip : imported.left_out) EXPECT_TRUE(clip.is_fault);
}

TEST_F(FindAudio, in_either_spelling_of_accents) {
    for (const char* name : {"audio/caf\u00E9/the\u0301.mp3", "audio/f/e\u0301.mp3"}) write(name, "x");
    const std::vector<std::string> listed{"cafe\u0301/th\u00E9.mp3", "x/\u00E9"};
    EXPECT_THAT(texts_of(find(listed)), ElementsAre("caf\u00E9/the\u0301.mp3|||", "f/e\u0301.mp3|||"));
    EXPECT_THAT(texts_of(find(listed, AudioNames::paths)), ElementsAre("caf\u00E9/the\u0301.mp3|||"));
}

TEST_F(FindAudio, by_name_alone_never_takes_the_audio_of_another_clip) {
    write("audio/0/x.mp3", "x");
    const Imported imported = find({"0/x.mp3", "f/x.mp3"});
    EXPECT_THAT(texts_of(imported), ElementsAre("0/x.mp3|||"));
    EXPECT_THAT(left_out_of(imported),
                ElementsAre("f/x.mp3||missing: 0/x.mp3 has the name of several clips of the lists"));
}

TEST_F(FindAudio, by_name_alone_knows_of_the_clips_that_were_left_out) {
    write("audio/0/x.mp3", "x");
    Imported imported;
    imported.clips = {listed("f/x.mp3")};
    imported.left_out = {{"0/x.mp3", "train", "has none of the tags", false}};
    find_audio(imported, path("audio"));
    EXPECT_THAT(imported.clips, IsEmpty());
}

TEST_F(FindAudio, gives_a_file_to_the_clip_that_names_it_and_to_no_other) {
    write("audio/blues/blues.00000.wav", "x");
    const Imported imported = find({"blues/blues.00000.au", "blues/blues.00000.wav"});
    EXPECT_THAT(texts_of(imported), ElementsAre("blues/blues.00000.wav|||"));
    EXPECT_THAT(left_out_of(imported), ElementsAre("blues/blues.00000.au||has the audio of another clip: "
                                                   "blues/blues.00000.wav, as blues/blues.00000.wav"));
    EXPECT_TRUE(imported.left_out.at(0).is_fault);
}

TEST_F(FindAudio, leaves_out_all_clips_that_mean_one_file_by_other_names) {
    write("audio/a.flac", "x");
    EXPECT_THAT(left_out_of(find({"a.mp3", "a.wav"})),
                ElementsAre("a.mp3||has the audio of another clip: a.flac, as a.wav",
                            "a.wav||has the audio of another clip: a.flac, as a.mp3"));
}

TEST_F(FindAudio, sees_that_an_absolute_and_a_relative_path_are_one) {
    const auto file = write("audio/a.mp3", "x");
    EXPECT_THAT(find({"a.mp3", file.string()}, AudioNames::paths).left_out, testing::SizeIs(2));
}

TEST_F(FindAudio, by_path_alone_takes_no_other_file) {
    write("audio/a.flac", "x");
    write("audio/b.mp3", "x");
    EXPECT_THAT(texts_of(find({"a.mp3", "b.mp3"}, AudioNames::paths)), ElementsAre("b.mp3|||"));
}

TEST_F(FindAudio, in_a_folder_that_is_missing_is_an_error) {
    EXPECT_EQ(error([&] { find({"a.mp3"}); }),
              "not_found FOLDER/audio: no such folder; expected a folder with audio files");
}

class WriteImport : public ImportTest {};

TEST_F(WriteImport, has_relative_paths_below_its_folder_and_absolute_ones_elsewhere) {
    Imported imported;
    imported.clips = {listed("a.mp3", {"rock"})};
    imported.tags = {"rock"};
    write_import(imported, path("set"), path("set/audio"));
    EXPECT_EQ(read_manifest(path("set")).clips.at(0).path, "audio/a.mp3");
    write_import(imported, path("other"), path("set/audio"));
    EXPECT_EQ(read_manifest(path("other")).clips.at(0).path, path("set/audio/a.mp3"));
    write_import(imported, path("lists"), {});
    EXPECT_EQ(read_manifest(path("lists")).clips.at(0).path, "a.mp3");
}

TEST_F(WriteImport, lists_tags_and_left_out_clips) {
    Imported imported;
    imported.clips = {listed("a.mp3", {"rock"})};
    imported.tags = {"rock", "jazz"};
    imported.left_out = {{"b.mp3", "train", "missing", true}};
    write_import(imported, path("set"), {});
    EXPECT_EQ(read_text(path("set/tags.txt")), "rock\njazz\n");
    EXPECT_EQ(read_text(path("set/left_out.tsv")), "path\tsplit\treason\nb.mp3\ttrain\tmissing\n");
}

TEST_F(WriteImport, without_clips_is_an_error_that_gives_the_reason) {
    Imported imported;
    imported.left_out = {{"b.mp3", "train", "missing", true}};
    EXPECT_EQ(error([&] { write_import(imported, path("set"), {}); }),
              "invalid_dataset FOLDER/set: no clip is left to write; 1 clip left out, the first: b.mp3: missing");
    EXPECT_FALSE(std::filesystem::exists(path("set")));
}

}  // namespace
}  // namespace earmark::test
