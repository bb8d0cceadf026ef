#include "datasets/check/dataset_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "datasets/check/copies.h"
#include "tests/support/temporary_folder.h"

namespace earmark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;

std::string sample(const std::string& name) { return std::string(EARMARK_SAMPLES_DIR) + "/" + name; }

class CheckDataset : public testing::Test {
protected:
    /// A file that ffmpeg makes: `arguments` are those between input and output.
    std::string encoded(const std::string& piece, const std::string& arguments, const std::string& name) const {
        const std::string target = (folder_.path() / name).string();
        const std::string command =
            "ffmpeg -nostdin -v error -y -i '" + sample(piece) + "' " + arguments + " '" + target + "'";
        EXPECT_EQ(std::system(command.c_str()), 0) << command;
        return target;
    }

    void add(const std::string& path, const std::string& split, const std::string& artist = "") {
        dataset_.clips.push_back({path, split, {"tag"}, artist, dataset_.clips.size() + 2});
    }

    DatasetCheck check(std::size_t worker_count = 2) const {
        return check_dataset(dataset_, {worker_count, 1.3}, [](std::size_t, std::size_t) { return true; });
    }

    TemporaryFolder folder_;
    Dataset dataset_{folder_.path(), folder_.path() / "manifest.tsv", {}};
};

TEST_F(CheckDataset, finds_nothing_in_the_projects_own_pieces) {
    for (const char* name : {"rock-band.mp3", "techno.ogg", "piano-ballad.flac", "jazz-trio.wav", "folk-guitar.m4a",
                             "string-orchestra.opus"}) {
        add(sample(name), dataset_.clips.size() % 2 == 0 ? "train" : "test");
    }
    const DatasetCheck found = check();
    EXPECT_EQ(found.checked_count, 6U);
    EXPECT_THAT(found.faults, IsEmpty());
    EXPECT_THAT(found.equal_clips, IsEmpty());
    EXPECT_THAT(found.near_duplicates, IsEmpty());
    EXPECT_EQ(found.totals.all.clip_count, 6U);
    EXPECT_GT(found.totals.all.duration_s, 6 * 20.0);
}

TEST_F(CheckDataset, finds_copies_by_their_samples_and_by_their_sound_in_one_group) {
    add(sample("techno.ogg"), "");
    add(sample("rock-band.mp3"), "");
    add(encoded("rock-band.mp3", "-ac 1 -ar 16000 -b:a 32k", "low.mp3"), "");
    add(encoded("rock-band.mp3", "-c:a copy", "same.mp3"), "");
    add((folder_.path() / "none.mp3").string(), "");
    add(encoded("rock-band.mp3", "-ss 8 -t 12 -filter:a volume=-6dB", "part.opus"), "");
    const auto go_on = [](std::size_t, std::size_t) { return true; };
    EXPECT_EQ(find_copies(dataset_, 2, go_on), (std::vector<std::vector<std::size_t>>{{1, 2, 3, 5}}));
    EXPECT_EQ(find_copies(dataset_, 2, [](std::size_t, std::size_t) { return false; }), std::nullopt);
}

TEST_F(CheckDataset, recognizes_a_piece_that_was_encoded_again) {
    add(sample("rock-band.mp3"), "train");
    add(sample("techno.ogg"), "train");
    add(encoded("rock-band.mp3", "-ac 1 -ar 16000 -b:a 32k", "low.mp3"), "test");
    add(encoded("techno.ogg", "-b:a 24k -ac 1", "low.opus"), "test");
    add(encoded("rock-band.mp3", "-ss 6.3 -t 10 -af volume=-9dB -b:a 64k", "middle.m4a"), "valid");
    const DatasetCheck found = check();
    std::vector<std::vector<std::size_t>> pairs;
    for (const NearDuplicate& pair : found.near_duplicates) {
        pairs.push_back({pair.first, pair.second});
        EXPECT_TRUE(in_two_splits(dataset_, {pair.first, pair.second}));
    }
    EXPECT_THAT(pairs, ElementsAre(ElementsAre(0, 2), ElementsAre(0, 4), ElementsAre(1, 3), ElementsAre(2, 4)));
    EXPECT_NEAR(found.near_duplicates[1].offset_s, 6.3, 0.2);
    EXPECT_NEAR(found.near_duplicates[1].common_s, 10.0, 0.5);
}

TEST_F(CheckDataset, recognizes_the_same_samples_in_another_file) {
    add(sample("jazz-trio.wav"), "train");
    add(encoded("jazz-trio.wav", "-metadata title=Other", "same.flac"), "train");
    add(sample("techno.ogg"), "test");
    const DatasetCheck found = check();
    EXPECT_THAT(found.equal_clips, ElementsAre(ElementsAre(0, 1)));
    EXPECT_FALSE(in_two_splits(dataset_, found.equal_clips[0]));
    EXPECT_THAT(found.near_duplicates, IsEmpty());
}

TEST_F(CheckDataset, reports_files_that_are_missing_damaged_short_or_silent) {
    const std::string song = read_text(sample("jazz-trio.wav"));
    add((folder_.path() / "none.mp3").string(), "train");
    add(folder_.write("text.mp3", "no audio").string(), "train");
    add(folder_.write("cut.wav", song.substr(0, song.size() / 2)).string(), "train");
    add(encoded("jazz-trio.wav", "-t 0.5", "short.wav"), "train");
    add(encoded("jazz-trio.wav", "-t 6 -af volume=0", "silent.wav"), "train");
    add(encoded("jazz-trio.wav", "-t 6 -af volume=0", "silent_too.flac"), "test");
    add(sample("techno.ogg"), "train");
    const DatasetCheck found = check();
    using Kind = ClipFault::Kind;
    std::vector<std::pair<std::size_t, Kind>> faults;
    for (const ClipFault& fault : found.faults) {
        faults.emplace_back(fault.clip, fault.kind);
        EXPECT_THAT(fault.message, StartsWith(dataset_.audio_path(dataset_.clips[fault.clip]).string() + ": "));
    }
    EXPECT_THAT(faults,
                ElementsAre(std::pair(0, Kind::unreadable), std::pair(1, Kind::unreadable), std::pair(2, Kind::damaged),
                            std::pair(3, Kind::too_short), std::pair(4, Kind::silent), std::pair(5, Kind::silent)));
    EXPECT_EQ(found.totals.all.clip_count, 5U) << "those that can be used";
    EXPECT_THAT(found.equal_clips, IsEmpty()) << "silence is no sound in common";
    EXPECT_THAT(found.near_duplicates, IsEmpty());
}

TEST_F(CheckDataset, reports_artists_in_two_splits) {
    add(sample("jazz-trio.wav"), "train", "Trio");
    add(sample("techno.ogg"), "test", "trio");
    EXPECT_THAT(check().shared_artists, SizeIs(1));
}

TEST_F(CheckDataset, does_not_depend_on_the_number_of_workers) {
    for (const char* name : {"rock-band.mp3", "techno.ogg", "piano-ballad.flac", "rock-band.mp3"}) {
        add(sample(name), "train");
    }
    for (const std::size_t worker_count : {1, 3, 20}) {
        const DatasetCheck found = check(worker_count);
        EXPECT_THAT(found.equal_clips, ElementsAre(ElementsAre(0, 3))) << worker_count;
        EXPECT_EQ(found.checked_count, 4U);
    }
}

TEST_F(CheckDataset, keeps_what_is_done_when_it_is_ended) {
    for (int i = 0; i < 40; ++i) add(sample("rock-band.mp3"), "train");
    const DatasetCheck found =
        check_dataset(dataset_, {1, 1.3}, [](std::size_t done_count, std::size_t) { return done_count < 2; });
    EXPECT_GE(found.checked_count, 2U);
    EXPECT_LT(found.checked_count, 40U);
    EXPECT_EQ(found.totals.all.clip_count, found.checked_count);
    EXPECT_THAT(found.equal_clips, IsEmpty()) << "not looked for";
}

TEST_F(CheckDataset, of_nothing_finds_nothing) { EXPECT_EQ(check().checked_count, 0U); }

}  // namespace
}  // namespace earmark
