#include <gmock/gmock.h>

#include <stdexcept>

#include "tests/training/support/cached_dataset.h"
#include "tests/training/support/expect_error.h"

namespace earmark {
namespace {

// More clips than decoded ones may wait, so that workers wait when the calling thread ends early.
class FillCache : public testing::Test {
protected:
    static constexpr std::size_t clip_count = 60;
    static constexpr std::size_t most_waiting_count = 16;

    std::size_t fill(LogMelCache& cache, std::size_t worker_count, const CacheProgress& progress) const {
        std::size_t call_count = 0;
        Dataset dataset = read_manifest(files_.path());
        fill_cache(dataset, settings_, cache, worker_count, [&](std::size_t done, std::size_t all) {
            ++call_count;
            return !progress || progress(done, all);
        });
        return call_count;
    }

    SyntheticDataset files_{50, 5, 5};
    TemporaryFolder folder_;
    SpectrogramSettings settings_ = tiny_recipe().spectrogram;
};

TEST_F(FillCache, reports_progress_after_each_clip) {
    LogMelCache cache(folder_.path(), settings_);
    std::size_t expected = 0;
    fill(cache, 3, [&](std::size_t done, std::size_t all) {
        EXPECT_EQ(done, ++expected);
        EXPECT_EQ(all, clip_count);
        return true;
    });
    EXPECT_EQ(expected, clip_count);
}

TEST_F(FillCache, decodes_nothing_that_the_cache_has) {
    EXPECT_EQ(fill(*std::make_unique<LogMelCache>(folder_.path(), settings_), 2, {}), clip_count);
    EXPECT_EQ(fill(*std::make_unique<LogMelCache>(folder_.path(), settings_), 2, {}), 0U);
}

TEST_F(FillCache, decodes_again_what_has_changed) {
    fill(*std::make_unique<LogMelCache>(folder_.path(), settings_), 2, {});
    write_wav(files_.clip(4), synthetic_samples(7, 1, 1.0));
    write_wav(files_.clip(55), synthetic_samples(7, 2, 1.0));
    EXPECT_EQ(fill(*std::make_unique<LogMelCache>(folder_.path(), settings_), 2, {}), 2U);
}

// What was decoded when the end came is kept as well.
TEST_F(FillCache, ends_when_progress_returns_false_and_resumes_with_the_rest) {
    {
        LogMelCache cache(folder_.path(), settings_);
        EXPECT_EQ(fill(cache, 3, [](std::size_t done, std::size_t) { return done < 21; }), 21U);
    }
    LogMelCache cache(folder_.path(), settings_);
    const std::size_t rest = fill(cache, 3, {});
    EXPECT_LE(rest, clip_count - 21);
    EXPECT_GE(rest, clip_count - 21 - most_waiting_count - 3);
    EXPECT_EQ(training_clips(read_manifest(files_.path()), cache, {"pitch---Low"}).train.size(), 50U);
}

TEST_F(FillCache, lets_an_exception_of_progress_out_while_workers_wait_and_keeps_what_was_decoded) {
    {
        LogMelCache cache(folder_.path(), settings_);
        const auto fail = [](std::size_t done, std::size_t) -> bool {
            if (done == 20) throw std::runtime_error("no more");
            return true;
        };
        EXPECT_THROW(fill(cache, 3, fail), std::runtime_error);
    }
    LogMelCache cache(folder_.path(), settings_);
    EXPECT_EQ(fill(cache, 3, {}), clip_count - 20);
}

TEST_F(FillCache, lets_an_error_of_the_cache_out_while_workers_wait) {
    LogMelCache cache(folder_.path(), settings_);
    cache.freeze();
    error_of(ErrorCode::unwritable, [&] { fill(cache, 3, {}); });
}

}  // namespace
}  // namespace earmark
