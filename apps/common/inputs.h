#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// One thing that the user named, or what was found in it: an audio file to work on, or what is wrong.
struct Input {
    std::filesystem::path path;
    std::string error;  ///< empty, or one line that starts with the path
};

/// Files stay as they are named, whether they exist or not. Folders give the audio files in them and below
/// (walk_folder), sorted by path; one without any gives an error, and so does each that cannot be read. What was passed
/// over in a folder is one line on standard error. "-" reads a list of paths from standard input, one a line.
std::vector<Input> expand_inputs(const std::vector<std::string>& arguments);

}  // namespace earmark
