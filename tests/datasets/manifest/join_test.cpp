#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "datasets/manifest/dataset.h"
#include "tests/datasets/error_of.h"

namespace earmark::test {
namespace {

class JoinedDatasets : public testing::Test {
protected:
    Dataset read(const TemporaryFolder& folder, const std::string& lines) {
        folder.write("manifest.tsv", "path\tsplit\ttags\n" + lines);
        return read_manifest(folder.path());
    }

    Dataset join() {
        return join_datasets({read(first_, "a.wav\ttrain\trock,sad\nb.wav\tvalid\tjazz\n"),
                              read(second_, "a.wav\ttrain\trock\nc.wav\ttest\tpolka\n")});
    }

    TemporaryFolder first_;
    TemporaryFolder second_;
};

TEST_F(JoinedDatasets, have_the_clips_of_all_with_their_audio_and_places) {
    const Dataset all = join();
    ASSERT_EQ(all.clips.size(), 4U);
    EXPECT_EQ(all.audio_path(all.clips[0]), first_.path() / "a.wav");
    EXPECT_EQ(all.audio_path(all.clips[2]), second_.path() / "a.wav");
    EXPECT_EQ(all.place_of(all.clips[3]), (second_.path() / "manifest.tsv").string() + ":3");
}

TEST_F(JoinedDatasets, do_not_know_the_labels_of_each_other) {
    const Dataset all = join();
    const std::vector<std::string> labels{"rock", "jazz", "polka"};
    const std::vector<float> first = targets(all.clips[1], labels);
    EXPECT_EQ(first[0], 0.0F);
    EXPECT_EQ(first[1], 1.0F);
    EXPECT_TRUE(std::isnan(first[2]));
    const std::vector<float> second = targets(all.clips[2], labels);
    EXPECT_EQ(second[0], 1.0F);
    EXPECT_TRUE(std::isnan(second[1]));
    EXPECT_EQ(second[2], 0.0F);
}

TEST_F(JoinedDatasets, of_one_alone_are_that_one) {
    const Dataset one = join_datasets({read(first_, "a.wav\ttrain\trock\n")});
    EXPECT_EQ(one.clips[0].path, "a.wav");
    EXPECT_FALSE(one.clips[0].known.has_value());
}

TEST_F(JoinedDatasets, with_the_same_file_twice_are_an_error) {
    const std::string path = (first_.path() / "a.wav").string();
    EXPECT_THAT(error_of(
                    [&] {
                        join_datasets({read(first_, "a.wav\ttrain\trock\n"), read(second_, path + "\ttest\trock\n")});
                    },
                    second_),
                testing::HasSubstr("is already on " + (first_.path() / "manifest.tsv").string() + ":2"));
}

}  // namespace
}  // namespace earmark::test
