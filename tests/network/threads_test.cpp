#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "earmark/network.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int count);
}

namespace earmark {
namespace {

// Wide enough that oneDNN would use several threads.
class Threads : public testing::Test {
protected:
    static Network make_network() {
        const NetworkArchitecture architecture = paper_architectures()[1];
        return {architecture, 128, formula_network(architecture, 128, 50, 1)};
    }

    void SetUp() override { omp_set_num_threads(4); }
    void TearDown() override { omp_set_num_threads(previous_); }

    int previous_ = omp_get_max_threads();
    Matrix segments_ = Lcg(2).matrix(2.0F, 100 * 27, 128);
};

std::ptrdiff_t thread_count() {
    return std::distance(std::filesystem::directory_iterator("/proc/self/task"), std::filesystem::directory_iterator());
}

TEST_F(Threads, inference_starts_none) {
    const std::ptrdiff_t before = thread_count();
    Network network = make_network();
    network.probabilities(segments_.values());
    EXPECT_EQ(thread_count(), before);
}

TEST_F(Threads, inference_leaves_the_setting_of_openmp_as_it_was) {
    Network network = make_network();
    EXPECT_EQ(omp_get_max_threads(), 4);
    level_maxima(network, segments_);
    EXPECT_EQ(omp_get_max_threads(), 4);
}

TEST_F(Threads, setting_of_openmp_does_not_change_the_result) {
    const Matrix with_four = level_maxima(make_network(), segments_);
    omp_set_num_threads(1);
    EXPECT_EQ(greatest_difference(level_maxima(make_network(), segments_), with_four), 0.0);
}

TEST_F(Threads, network_may_run_on_another_thread_than_made_it) {
    Network network = make_network();
    const Matrix expected = level_maxima(make_network(), segments_);
    Matrix result;
    std::thread([&] { result = level_maxima(network, segments_); }).join();
    EXPECT_EQ(greatest_difference(result, expected), 0.0);
}

TEST_F(Threads, two_networks_side_by_side_give_the_same_as_one_alone) {
    const Matrix expected = level_maxima(make_network(), segments_);
    std::vector<Matrix> results(2);
    std::vector<std::thread> workers;
    for (Matrix& result : results) {
        workers.emplace_back([&] {
            Network network = make_network();
            for (int round = 0; round < 5; ++round) {
                result = level_maxima(network, segments_);
            }
        });
    }
    for (std::thread& worker : workers) {
        worker.join();
    }
    EXPECT_EQ(greatest_difference(results[0], expected), 0.0);
    EXPECT_EQ(greatest_difference(results[1], expected), 0.0);
}

}  // namespace
}  // namespace earmark
