#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Whether these arguments of main are `analyze` with --show, which takes another form than a study that is to be run.
bool is_show_command(int argument_count, const char* const* arguments);

/// `earmark analyze --show DIR`: the table and the page of a finished study.
void add_show_command(CLI::App& app, int& exit_status);

}  // namespace earmark
