#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>

#include "earmark/file_tagger.h"

namespace earmark {

// For commands that read one audio file and write one output.

/// Calls `read` with how to read the file: up to this duration, with progress on a terminal, and until Ctrl-C. Prints
/// the warning of the clip that it returns. False, after one message, when the file cannot be read or the user stopped.
/// Throws Error (usage).
bool read_one_file(const std::string& file, const std::string& command, double max_duration_s,
                   const std::function<ClipResult(ReadOptions reading)>& read);

/// Before the work begins: whether `out` can be written or, when it is empty, whether this format is for a terminal.
/// Throws Error: unwritable, usage.
void check_output(const std::string& out, const std::string& format, std::initializer_list<const char*> binary_formats);

/// To the file `out` or, when it is empty, to standard output. Throws Error (unwritable).
void write_output(const std::string& out, const std::string& text);

/// The same in portions, which `write` passes on one after the other, for a text that is too large for the memory.
using TextSink = std::function<void(std::string_view portion)>;
void write_output(const std::string& out, const std::function<void(const TextSink& sink)>& write);

}  // namespace earmark
