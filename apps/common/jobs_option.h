#pragma once

#include <CLI/App.hpp>
#include <cstddef>
#include <string>

namespace earmark {

/// --jobs N, from 1 to 1024. `worker_count` becomes one per core of this machine, and what the user gives replaces
/// that. `what` is the unit of N in --help: "Threads".
void add_jobs_option(CLI::App& command, std::size_t& worker_count, const std::string& what);

}  // namespace earmark
