#include "spectrogram/reflection.h"

#include <gtest/gtest.h>

#include <vector>

namespace earmark::test {
namespace {

struct ReflectionCase {
    std::size_t count;
    std::vector<std::size_t> padded;  ///< numpy.pad(numpy.arange(count), 5, mode='reflect')
};

class Reflection : public testing::TestWithParam<ReflectionCase> {};

TEST_P(Reflection, pads_as_numpy_does) {
    const auto& [count, padded] = GetParam();
    ASSERT_EQ(padded.size(), count + 10);
    for (std::size_t i = 0; i < padded.size(); ++i) {
        EXPECT_EQ(reflected_index(static_cast<std::ptrdiff_t>(i) - 5, count), padded[i]) << "at " << i;
    }
}

INSTANTIATE_TEST_SUITE_P(, Reflection,
                         testing::Values(ReflectionCase{1, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}},
                                         ReflectionCase{2, {1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0}},
                                         ReflectionCase{3, {1, 0, 1, 2, 1, 0, 1, 2, 1, 0, 1, 2, 1}},
                                         ReflectionCase{4, {1, 2, 3, 2, 1, 0, 1, 2, 3, 2, 1, 0, 1, 2}},
                                         ReflectionCase{6, {5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 4, 3, 2, 1, 0}}),
                         [](const auto& test) { return "of_" + std::to_string(test.param.count) + "_samples"; });

}  // namespace
}  // namespace earmark::test
