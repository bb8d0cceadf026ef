#include "apps/dataset/check_command.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/dataset/check_report.h"
#include "base/counted.h"

namespace earmark {
namespace {

struct CheckOptions {
    std::string data;
    std::string format = "text";
    DatasetCheckOptions check;
};

void report_faults(const Dataset& dataset, const DatasetCheck& check) {
    for (const ClipFault& fault : check.faults) {
        const std::size_t line = dataset.clips[fault.clip].line;
        print_message(dataset.manifest.string() + ":" + std::to_string(line) + ": " + fault.message);
    }
}

// Duplicates within a split are reported, but do not change any score.
bool is_good(const Dataset& dataset, const DatasetCheck& check) {
    const auto is_across = [&](const EqualClips& clips) { return in_two_splits(dataset, clips); };
    return check.checked_count == dataset.clips.size() && check.faults.empty() && check.shared_artists.empty() &&
           std::ranges::none_of(check.equal_clips, is_across) && across_splits(dataset, check.near_duplicates).empty();
}

ExitStatus run(const CheckOptions& options) {
    const Dataset dataset = read_manifest(options.data);
    catch_interrupts();
    ProgressLine progress_line("clips");
    const auto progress = [&](std::size_t done_count, std::size_t clip_count) {
        progress_line.show(done_count, clip_count, done_count == clip_count ? "looking for duplicates" : "");
        return !interrupted();
    };
    const DatasetCheck check = check_dataset(dataset, options.check, progress);
    progress_line.clear();
    report_faults(dataset, check);
    if (options.format == "json")
        write_check_json(std::cout, dataset, check);
    else
        write_check_text(std::cout, dataset, check);
    flush_standard_output();
    if (interrupted()) {
        print_message("stopped: " + std::to_string(check.checked_count) + " of " +
                      counted(dataset.clips.size(), "clip") + " checked, duplicates were not looked for");
        return ExitStatus::item_failed;
    }
    return is_good(dataset, check) ? ExitStatus::all_done : ExitStatus::item_failed;
}

}  // namespace

void add_check_command(CLI::App& dataset, int& exit_status) {
    const auto options = std::make_shared<CheckOptions>();
    CLI::App* command = dataset.add_subcommand("check",
                                               "Find damaged files, duplicates, and artists that are in two splits, "
                                               "and count the clips and hours of each tag");
    command->add_option("DIR", options->data, "Data set: a folder with manifest.tsv")->required();
    add_format_option(*command, options->format, {"text", "json"});
    add_jobs_option(*command, options->check.worker_count, "Clips processed at once");
    command->add_option("--min-seconds", options->check.shortest_s, "Report clips that are shorter than S seconds")
        ->type_name("S")
        ->check(number(0.0))
        ->capture_default_str();
    command->footer(examples({"earmark dataset check DIR", "earmark dataset check DIR --format json > check.json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
