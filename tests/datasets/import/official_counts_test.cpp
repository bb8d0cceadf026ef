// The lists as they were published, which are no part of the repository.
#include <cstdlib>
#include <fstream>
#include <map>

#include "tests/datasets/import/import_fixture.h"

namespace earmark::test {
namespace {

const std::filesystem::path splits = std::filesystem::path(EARMARK_SHARED_DIR) / "data" / "splits";

using Counts = std::map<std::string, std::size_t>;

class OfficialCounts : public ImportTest {
protected:
    void SetUp() override {
        if (!std::filesystem::exists(splits)) GTEST_SKIP() << "no " << splits;
    }

    static std::vector<std::filesystem::path> lists(const std::string& folder, const std::string& start,
                                                    const std::string& end) {
        std::vector<std::filesystem::path> files;
        for (const char* split : {"train", "valid", "test"}) files.push_back(splits / folder / (start + split + end));
        return files;
    }

    static Counts counts(const Imported& imported) {
        Counts counts;
        for (const ListedClip& listed : imported.clips) ++counts[listed.clip.split];
        return counts;
    }

    // The 50 tags of all clips, in the form of the published annotations.
    std::filesystem::path annotations() const {
        const auto tags = read_labels(splits / "mtat" / "top50_tags.txt");
        std::ofstream file(path("annotations_final.csv"));
        file << "\"clip_id\"";
        for (const std::string& tag : tags) file << "\t\"" << tag << "\"";
        file << "\t\"rare\"\t\"mp3_path\"\n";
        std::size_t id = 0;
        for (const auto& list : lists("mtat", "full12-1-3_", ".tsv")) {
            std::ifstream rows(list);
            std::string row;
            std::getline(rows, row);
            while (std::getline(rows, row)) {
                const auto tab = row.find('\t');
                const std::string own = "," + row.substr(tab + 1) + ",";
                file << "\"" << ++id << "\"";
                for (const std::string& tag : tags) {
                    file << "\t\"" << (own.find("," + tag + ",") == std::string::npos ? 0 : 1) << "\"";
                }
                file << "\t\"0\"\t\"" << row.substr(0, tab) << "\"\n";
            }
        }
        return path("annotations_final.csv");
    }
};

TEST_F(OfficialCounts, of_magnatagatune_by_its_lists) {
    EXPECT_EQ(counts(import_mtat(lists("mtat", "lee2017_", ".tsv"), MtatConvention::clean)),
              (Counts{{"train", 15244}, {"valid", 1529}, {"test", 4332}}));
    EXPECT_EQ(counts(import_mtat(lists("mtat", "full12-1-3_", ".tsv"), MtatConvention::full)),
              (Counts{{"train", 18706}, {"valid", 1825}, {"test", 5329}}));
}

TEST_F(OfficialCounts, of_magnatagatune_by_its_annotations) {
    const auto file = annotations();
    Imported clean = import_mtat({file}, MtatConvention::clean);
    keep_top_tags(clean, 50);
    drop_untagged(clean);
    EXPECT_EQ(counts(clean), (Counts{{"train", 15244}, {"valid", 1529}, {"test", 4332}}));
    EXPECT_EQ(counts(import_mtat({file}, MtatConvention::full)),
              (Counts{{"train", 18706}, {"valid", 1825}, {"test", 5329}}));
}

TEST_F(OfficialCounts, of_magnatagatune_are_the_clips_and_tags_of_the_lists) {
    Imported clean = import_mtat({annotations()}, MtatConvention::clean);
    keep_listed_tags(clean, splits / "mtat" / "top50_tags_lee.txt");
    drop_untagged(clean);
    EXPECT_EQ(texts_of(clean), texts_of(import_mtat(lists("mtat", "lee2017_", ".tsv"), MtatConvention::clean)));
}

TEST_F(OfficialCounts, of_gtzan) {
    EXPECT_EQ(counts(import_gtzan(lists("gtzan", "", "_filtered.txt"))),
              (Counts{{"train", 443}, {"valid", 197}, {"test", 290}}));
}

TEST_F(OfficialCounts, of_the_million_songs) {
    const auto lee = import_msd({splits / "msd/lee2017_valid.tsv", splits / "msd/lee2017_test.tsv"}, {});
    EXPECT_EQ(counts(lee), (Counts{{"valid", 11774}, {"test", 28435}}));
    EXPECT_EQ(lee.tags.size(), 50U);
    for (const std::string& tag : lee.tags) EXPECT_FALSE(tag.starts_with("other---")) << tag;
    EXPECT_EQ(counts(import_msd({splits / "msd/choi2016_valid.tsv", splits / "msd/choi2016_test.tsv"}, {})),
              (Counts{{"valid", 12634}, {"test", 28540}}));
}

TEST_F(OfficialCounts, of_tagtraum) {
    const auto list = splits / "tagtraum" / "lee2017_test_msd_ids.txt";
    // The genres are not at hand: one for all of them.
    std::ofstream genres(path("cd2c.cls"));
    std::ifstream ids(list);
    for (std::string id; std::getline(ids, id);) genres << id << "\tRock\n";
    genres.close();
    EXPECT_EQ(counts(import_tagtraum(path("cd2c.cls"), {list})), (Counts{{"test", 37817}}));
}

TEST_F(OfficialCounts, of_jamendo) {
    const Counts expected[] = {{{"train", 32136}, {"valid", 10888}, {"test", 11356}},
                               {{"train", 9949}, {"valid", 3802}, {"test", 4231}}};
    const char* subsets[] = {"top50tags", "moodtheme"};
    for (int i = 0; i < 2; ++i) {
        const auto start = splits / "mtg-jamendo" / (std::string("split0_") + subsets[i]);
        const auto train = path(std::string(subsets[i]) + "-train.tsv");
        const std::string command = "gzip -dc '" + start.string() + "_train.tsv.gz' > '" + train.string() + "'";
        ASSERT_EQ(std::system(command.c_str()), 0);
        const auto imported =
            import_jamendo({train, start.string() + "_validation.tsv", start.string() + "_test.tsv"}, {});
        EXPECT_EQ(counts(imported), expected[i]) << subsets[i];
    }
}

TEST_F(OfficialCounts, of_jamendo_are_with_the_published_list_of_moods_of_which_three_have_no_track) {
    const auto folder = splits / "mtg-jamendo";
    Imported imported = import_jamendo({folder / "split0_moodtheme_test.tsv"}, {});
    keep_listed_tags(imported, folder / "tags_moodtheme.txt");
    EXPECT_EQ(imported.tags.size(), 56U);
    EXPECT_THAT(imported.notes.at(0), testing::EndsWith("no clip has 3 of its tags: mood/theme---ambiental, "
                                                        "mood/theme---horror, mood/theme---mellow"));
}

}  // namespace
}  // namespace earmark::test
