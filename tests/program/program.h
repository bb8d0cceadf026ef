#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// What a program left behind.
struct Outcome {
    int exit_status = 0;  ///< as the shell reports it: 128 and the signal's number where a signal ended it
    std::string out;
    std::string err;
};

/// How to run a program: what comes before and after its arguments.
struct Surroundings {
    std::string standard_input{};
    std::filesystem::path standard_output{};  ///< empty: a file that is read into Outcome::out
    bool to_reader_that_left = false;         ///< standard output is a pipe that nobody reads any more
    std::vector<std::string> environment{};   ///< in addition, "NAME=VALUE"
    std::vector<std::string> launcher{};      ///< a program that starts this one, with its arguments
};

/// Runs the program `earmark` of this build, in a UTF-8 locale and in this process's folder.
Outcome run_earmark(const std::vector<std::string>& arguments, const Surroundings& surroundings = {});

/// Lines of a text, without their ends. Empty ones count.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace earmark
