#pragma once

#include <atomic>
#include <cstddef>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/common/input_list.h"

namespace earmark {

/// One thing that the user named, or what was found in it: an audio file to work on, or what is wrong.
struct Input {
    std::filesystem::path path;
    std::string error;      ///< empty, or one line that starts with the path
    bool is_found = false;  ///< in a folder, and not named itself
};

/// The files that arguments name. Files stay as they are named, whether they exist or not. Folders give the audio files
/// in them and below (walk_folder), sorted by path; one without any gives an error, and so does each that cannot be
/// read.
/// "-" reads a list of paths from standard input, which is read only as far as inputs are asked for;
/// find() looks at all other arguments.
class Inputs {
public:
    /// `is_null_separated`: InputList.
    Inputs(const std::vector<std::string>& arguments, bool is_null_separated);

    /// To be called once, before next(). False when `stop` was requested meanwhile.
    bool find(const std::stop_token& stop);

    /// The next one, in the order of the arguments. Nothing after the last, or when `stop` is requested while a line of
    /// standard input is waited for. Throws Error (unreadable) when standard input cannot be read.
    std::optional<Input> next(const std::stop_token& stop);

    /// How many there are in all; nothing before find() and while the end of standard input was not reached. May be
    /// called from any thread, next() from one at a time.
    std::optional<std::size_t> count() const noexcept;

    /// What was passed over in folders since the last call, a line for each folder, to be printed. From any thread.
    std::vector<std::string> take_notes();

private:
    // What one argument gave, or that a list is to be read.
    struct Part {
        std::string argument;
        bool is_list = false;
        std::deque<Input> inputs;
    };

    // False when `stop` was requested meanwhile.
    bool look_at(const std::string& argument, Part& part, const std::stop_token& stop);
    std::deque<Input> inputs_of(const std::string& argument, const std::stop_token& stop);
    std::deque<Input> inputs_in_folder(const std::filesystem::path& folder, const std::stop_token& stop);

    std::deque<Part> parts_;
    InputList list_;
    std::atomic<std::size_t> known_count_ = 0;
    std::atomic<std::size_t> open_list_count_ = 0;
    std::atomic<bool> was_found_ = false;
    std::mutex notes_mutex_;
    std::vector<std::string> notes_;
};

}  // namespace earmark
