#include "earmark/precision.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "earmark/error.h"
#include "earmark/network.h"
#include "tests/support/golden_file.h"
#include "tests/support/small_model.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

Matrix maxima(Precision precision) {
    const NetworkArchitecture architecture = paper_architectures()[1];
    Network network(architecture, 128, formula_network(architecture, 128, 50, 1), precision);
    return level_maxima(network, Lcg(2).matrix(2.0F, 270, 128));
}

TEST(Precision, that_was_asked_for_stays) {
    EXPECT_EQ(resolved(Precision::float32), Precision::float32);
    EXPECT_EQ(resolved(Precision::bfloat16), Precision::bfloat16);
}

TEST(Precision, automatic_is_one_that_this_processor_can_run) {
    EXPECT_EQ(greatest_difference(maxima(Precision::automatic), maxima(resolved(Precision::automatic))), 0.0);
}

TEST(Precision, bfloat16_gives_nearly_the_maxima_of_float32) {
    Matrix rounded;
    try {
        rounded = maxima(Precision::bfloat16);
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::usage);
        GTEST_SKIP() << error.what();
    }
    const Matrix exact = maxima(Precision::float32);
    float greatest = 0.0F;
    for (const float value : exact.values()) greatest = std::max(greatest, value);
    EXPECT_GT(greatest_difference(rounded, exact), 0.0);
    EXPECT_LT(greatest_difference(rounded, exact), 0.02 * static_cast<double>(greatest));
}

// Each test ends in a process of its own, because oneDNN reads its limit only once.
class PrecisionWithAvx2Alone : public testing::Test {
protected:
    void SetUp() override {
        GTEST_FLAG_SET(death_test_style, "threadsafe");
        if (const char* present = std::getenv(variable)) before_ = present;
        setenv(variable, "AVX2", 1);
    }
    void TearDown() override { before_.empty() ? unsetenv(variable) : setenv(variable, before_.c_str(), 1); }

    static constexpr const char* variable = "ONEDNN_MAX_CPU_ISA";
    std::string before_;
};

TEST_F(PrecisionWithAvx2Alone, automatic_is_float32) {
    EXPECT_EXIT(std::exit(resolved(Precision::automatic) == Precision::float32 ? 0 : 1), testing::ExitedWithCode(0),
                "");
}

[[noreturn]] void exit_with_what_bfloat16_throws() {
    try {
        maxima(Precision::bfloat16);
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        std::exit(error.code() == ErrorCode::usage ? 2 : 1);
    }
    std::exit(0);
}

TEST_F(PrecisionWithAvx2Alone, bfloat16_is_refused_with_what_was_expected) {
    EXPECT_EXIT(exit_with_what_bfloat16_throws(), testing::ExitedWithCode(2),
                "this processor cannot run networks in bfloat16; choose float32");
}

}  // namespace
}  // namespace earmark
