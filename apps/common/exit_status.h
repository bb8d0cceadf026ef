#pragma once

namespace earmark {

/// The exit statuses of every command. docs/command-line.md has a table for each command.
enum class ExitStatus {
    all_done = 0,
    item_failed = 1,      ///< the work was begun and some of it is not done, or it found what it looks for (a fault)
    nothing_started = 2,  ///< wrong usage, or what the whole command needs cannot be read or written
};

/// What the operating system is given.
constexpr int exit_code(ExitStatus status) noexcept { return static_cast<int>(status); }

/// The status of a command that came to its end, or that the user stopped.
constexpr int exit_code(bool all_done) noexcept {
    return exit_code(all_done ? ExitStatus::all_done : ExitStatus::item_failed);
}

}  // namespace earmark
