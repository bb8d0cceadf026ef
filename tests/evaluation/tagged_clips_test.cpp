#include "evaluation/tagged_clips.h"

#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stop_token>

#include "earmark/error.h"
#include "evaluation/evaluated_clips.h"
#include "tests/program/evaluate_fixture.h"

namespace earmark {
namespace {

class TaggedClipsTest : public EvaluateTest {
protected:
    Dataset test_clips() const {
        Dataset dataset = read_manifest(folder_.path());
        keep_split(dataset, "test");
        return dataset;
    }

    std::vector<std::shared_ptr<const Model>> models_{std::make_shared<const Model>(model_of_the_tests())};
};

TEST_F(TaggedClipsTest, a_worker_that_runs_out_of_memory_ends_the_work_with_that_exception) {
    for (const std::size_t worker_count : {1U, 3U}) {
        const auto fail = [](std::size_t, std::size_t) { throw std::bad_alloc(); };
        EXPECT_THROW(tag_clips(models_, test_clips(), {{}, worker_count}, fail), std::bad_alloc);
    }
}

TEST_F(TaggedClipsTest, the_other_workers_do_not_go_on_after_a_failure) {
    std::string many(project_pieces);
    for (int i = 0; i < 20; ++i) {
        const std::string name = std::to_string(i) + ".flac";
        song(name);
        many += name + "\ttest\t\n";
    }
    write_manifest(many);
    std::atomic<int> call_count = 0;
    const auto fail_first = [&](std::size_t, std::size_t) {
        if (call_count++ == 0) throw std::bad_alloc();
    };
    EXPECT_THROW(tag_clips(models_, test_clips(), {{}, 2}, fail_first), std::bad_alloc);
    EXPECT_LE(call_count, 3);
}

TEST_F(TaggedClipsTest, are_given_up_when_a_stop_is_requested) {
    std::stop_source stop;
    stop.request_stop();
    try {
        tag_clips(models_, test_clips(), {{}, 1, stop.get_token()}, [](auto, auto) {});
        FAIL() << "expected an error";
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::canceled);
        EXPECT_STREQ(error.what(), "stopped: 0 of 3 clips tagged");
    }
}

TEST_F(TaggedClipsTest, have_the_probabilities_of_every_model) {
    Model second = model_of_the_tests();
    for (float& weight : second.classifier.layers.front().weights) weight = -weight;
    models_.push_back(std::make_shared<const Model>(second));
    const TaggedClips clips = tag_clips(models_, test_clips(), {{Precision::float32}, 2}, [](auto, auto) {});
    ASSERT_EQ(clips.clips.size(), 3U);
    ASSERT_EQ(clips.probabilities.size(), 2U);
    EXPECT_EQ(clips.probabilities[0].size(), 3U);
    EXPECT_NE(clips.probabilities[0], clips.probabilities[1]);
}

}  // namespace
}  // namespace earmark
