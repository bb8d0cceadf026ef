#pragma once

namespace earmark {

/// From now on SIGINT (Ctrl-C), SIGTERM and SIGHUP (the terminal was closed) only set a flag; a second SIGINT or
/// SIGTERM ends the program at once.
void catch_interrupts();

/// Whether one came. May be called from any thread.
bool interrupted() noexcept;

}  // namespace earmark
