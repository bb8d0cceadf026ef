#pragma once

#include <array>

namespace earmark {

/// The exit statuses of every command. docs/command-line.md has a table for each command.
enum class ExitStatus {
    all_done = 0,
    item_failed = 1,      ///< the work was begun and some of it is not done, or it found what it looks for (a fault)
    nothing_started = 2,  ///< wrong usage, or what the whole command needs cannot be read or written
};

struct ExitStatusMeaning {
    ExitStatus status;
    const char* meaning;  ///< for people, in the middle of a sentence
};

/// What --help and the manual pages print of them.
inline constexpr std::array<ExitStatusMeaning, 3> exit_status_meanings{
    {{ExitStatus::all_done, "all done"},
     {ExitStatus::item_failed, "an item failed, a check found a fault, or interrupted"},
     {ExitStatus::nothing_started, "wrong usage or nothing could start"}}};

/// What the operating system is given.
constexpr int exit_code(ExitStatus status) noexcept { return static_cast<int>(status); }

/// The status of a command that came to its end, or that the user stopped.
constexpr int exit_code(bool all_done) noexcept {
    return exit_code(all_done ? ExitStatus::all_done : ExitStatus::item_failed);
}

}  // namespace earmark
