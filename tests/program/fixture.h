#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "earmark/model.h"
#include "tests/program/program.h"
#include "tests/support/temporary_folder.h"

namespace earmark {

/// The model of tests/support with thresholds at which Rock and Piano are always present, the others never.
Model model_of_the_tests();

/// That model with a self-test of half a second that it passes.
Model model_with_self_test();

/// Tests in an empty folder with a model.
class ProgramTest : public testing::Test {
protected:
    ProgramTest();

    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string model() const { return path("small.earmark"); }

    /// A recording of two seconds under this name.
    std::string song(const std::string& name) const;

    /// `earmark tag` with the model and these arguments.
    Outcome tag(std::vector<std::string> arguments, const Surroundings& surroundings = {}) const;

    TemporaryFolder folder_;
};

/// The path of a file of tests/golden/decode.
std::string recording(const std::string& name);

/// Matches standard error that is one line of the program about `subject`, a file or an option: "earmark: SUBJECT...".
testing::Matcher<std::string> is_one_line_about(const std::string& subject);

}  // namespace earmark
