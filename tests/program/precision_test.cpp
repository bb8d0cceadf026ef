// What the program does on an older processor: oneDNN is limited to AVX2.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

class PrecisionTest : public ProgramTest {
protected:
    Outcome tag_with_avx2(const std::string& precision) const {
        return tag({"--format", "json", "--precision", precision, recording("long.flac")}, avx2_);
    }

    Surroundings avx2_ = [] {
        Surroundings surroundings;
        surroundings.environment = {"ONEDNN_MAX_CPU_ISA=AVX2"};
        return surroundings;
    }();
};

TEST_F(PrecisionTest, auto_is_f32_with_avx2_alone) {
    const Outcome automatic = tag_with_avx2("auto");
    EXPECT_EQ(automatic.exit_status, 0);
    EXPECT_EQ(automatic.err, "");
    EXPECT_EQ(automatic.out, tag_with_avx2("f32").out);
}

TEST_F(PrecisionTest, bf16_is_refused_with_avx2_alone) {
    const Outcome outcome = tag_with_avx2("bf16");
    EXPECT_EQ(outcome.exit_status, 2);
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, is_one_line_about("this processor cannot run networks in bfloat16"));
}

TEST_F(PrecisionTest, self_test_of_the_default_model_passes_with_avx2_alone) {
    const Outcome outcome = run_earmark({"model", "verify"}, avx2_);
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_THAT(outcome.out, testing::HasSubstr("default.earmark: the self-test passed"));
}

}  // namespace
}  // namespace earmark
