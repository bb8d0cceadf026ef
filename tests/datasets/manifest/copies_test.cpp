#include "datasets/manifest/copies.h"

#include <gmock/gmock.h>

#include "datasets/manifest/clip_groups.h"
#include "tests/datasets/error_of.h"
#include "tests/support/temporary_folder.h"

namespace earmark::test {
namespace {

using Groups = std::vector<std::vector<std::size_t>>;

Dataset five_clips() {
    Dataset dataset;
    for (const char* name : {"a.wav", "b.wav", "c, d.wav", "e.wav", "f.wav"}) {
        Clip clip;
        clip.path = name;
        dataset.clips.push_back(clip);
    }
    return dataset;
}

TEST(Copies, are_read_as_they_were_written) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "copies.tsv";
    for (const Groups& groups : {Groups{}, Groups{{0, 2}}, Groups{{0, 4}, {1, 2, 3}}}) {
        Dataset dataset = five_clips();
        mark_copies(dataset, groups);
        write_copies(file, dataset);
        Dataset again = five_clips();
        again.clips[4].copies = 7;
        read_copies(file, again);
        EXPECT_EQ(copies_in(again), groups);
    }
}

TEST(Copies, of_a_file_that_is_none_of_them_name_its_line) {
    const TemporaryFolder folder;
    Dataset dataset = five_clips();
    const auto error = [&](const std::string& text) {
        const std::filesystem::path file = folder.write("copies.tsv", text);
        return error_of([&] { read_copies(file, dataset); }, folder);
    };
    EXPECT_THAT(error("path\tgroup\n"), testing::HasSubstr("copies.tsv:1: expected a header line 'group path'"));
    EXPECT_THAT(error("group\tpath\n1\n"), testing::HasSubstr("copies.tsv:2: expected a group and a path"));
    EXPECT_THAT(error("group\tpath\n1\tx.wav\n"), testing::HasSubstr("copies.tsv:2: 'x.wav': expected a clip"));
    for (const char* group : {"0", "-1", "", "1x", "99999999999999999999999"})
        EXPECT_THAT(error(std::string("group\tpath\n") + group + "\ta.wav\n"),
                    testing::HasSubstr("expected the number"));
}

TEST(ClipGroups, join_clips_that_only_others_connect) {
    EXPECT_THAT(clip_groups({{"x", 0}, {"", 3}, {"y", 3}, {"", 0}, {"y", 0}, {"x", 4}, {"", 4}}),
                testing::ElementsAre(0, 1, 1, 2, 1, 0, 0));
    EXPECT_THAT(clip_groups({}), testing::IsEmpty());
}

}  // namespace
}  // namespace earmark::test
