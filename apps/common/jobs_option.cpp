#include "apps/common/jobs_option.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <thread>

#include "apps/common/option_checks.h"
namespace earmark {

void add_jobs_option(CLI::App& command, std::size_t& worker_count, const std::string& what) {
    constexpr int most_jobs = 1024;
    worker_count = std::max(1U, std::thread::hardware_concurrency());
    command.add_option("--jobs", worker_count, what + " (default: one per core)")
        ->type_name("N")
        ->check(whole_number(1, most_jobs));
}

}  // namespace earmark
