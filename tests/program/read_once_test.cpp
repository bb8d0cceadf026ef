// Files of a training are read once: what is read twice may have changed in between, and a large manifest takes time.
#include <gmock/gmock.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <map>

#include "tests/program/fixture.h"
#include "tests/training/support/tiny_recipe.h"

namespace earmark {
namespace {

/// Counts how often files are opened, by any process.
class OpenCounts {
public:
    explicit OpenCounts(const std::vector<std::string>& files) : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        for (const std::string& file : files) {
            const int watch = inotify_add_watch(descriptor_, file.c_str(), IN_OPEN);
            EXPECT_GE(watch, 0) << file;
            files_[watch] = file;
        }
    }
    OpenCounts(const OpenCounts&) = delete;
    OpenCounts& operator=(const OpenCounts&) = delete;
    ~OpenCounts() { close(descriptor_); }

    /// Since the last call.
    std::map<std::string, int> take() const {
        std::map<std::string, int> counts;
        for (const auto& [watch, file] : files_) counts[file] = 0;
        alignas(inotify_event) std::array<char, 4096> events{};  // without names, as only files are watched
        while (true) {
            const ssize_t size = read(descriptor_, events.data(), events.size());
            if (size <= 0) return counts;
            for (ssize_t place = 0; place < size;) {
                const auto* event = reinterpret_cast<const inotify_event*>(events.data() + place);
                ++counts[files_.at(event->wd)];
                place += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
            }
        }
    }

private:
    int descriptor_;
    std::map<int, std::string> files_;
};

constexpr char recipe_text[] = R"(name = "transfer"
seed = 1

[classifier]
hidden_units = [12]
output = "sigmoid"
batch_size = 8
dropout = 0.2
optimizer = "adam"
learning_rate = 0.05
learning_rate_divisor = 5.0
learning_rate_reductions = 1
patience_epochs = 1
)";

class ReadOnceTest : public ProgramTest {
protected:
    ReadOnceTest() {
        for (const char* name : {"a", "b", "c", "d"}) song("data/" + std::string(name) + ".flac");
        folder_.write("data/manifest.tsv",
                      "path\tsplit\ttags\na.flac\ttrain\tgenre---Rock\nb.flac\ttrain\tmood---Calm\n"
                      "c.flac\tvalid\tgenre---Rock\nd.flac\ttest\tmood---Calm\n");
        folder_.write("tags.txt", "genre---Rock\nmood---Calm\n");
        folder_.write("transfer.toml", recipe_text);
    }

    Outcome train() const {
        return run_earmark({"train", path("transfer.toml"), "--data", path("data"), "--from", model(), "--tags",
                            path("tags.txt"), "--out", path("out"), "--jobs", "1", "--device", "cpu"});
    }

    const std::vector<std::string> files_{path("transfer.toml"), path("data/manifest.tsv"), path("tags.txt"), model()};
};

TEST_F(ReadOnceTest, recipe_manifest_tags_and_start_model_of_a_training) {
    const OpenCounts counts(files_);
    for (const std::string& file : files_) (void)read_text(file);
    EXPECT_THAT(counts.take(), testing::Each(testing::Pair(testing::_, 1))) << "opens are not counted";

    const Outcome outcome = train();
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(counts.take(), testing::Each(testing::Pair(testing::_, 1)));

    ASSERT_EQ(train().exit_status, 0);
    EXPECT_THAT(counts.take(), testing::Each(testing::Pair(testing::_, 1))) << "of a run that is finished";
}

// Networks that are trained side by side are in processes, which read for themselves and refuse what has changed.
TEST_F(ReadOnceTest, recipe_manifest_and_tags_by_each_process_of_a_training) {
    constexpr int process_count = 3;  // the first one, and one for each of the recipe's two networks
    folder_.write("tiny.toml", tiny_recipe_text);
    const OpenCounts counts({path("tiny.toml"), path("data/manifest.tsv"), path("tags.txt")});
    const Outcome outcome = run_earmark({"train", path("tiny.toml"), "--data", path("data"), "--tags", path("tags.txt"),
                                         "--out", path("networks"), "--jobs", "2", "--device", "cpu"});
    ASSERT_EQ(outcome.exit_status, 0) << outcome.err;
    EXPECT_THAT(counts.take(), testing::Each(testing::Pair(testing::_, process_count)));
}

}  // namespace
}  // namespace earmark
