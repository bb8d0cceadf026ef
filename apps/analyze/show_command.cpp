#include "apps/analyze/show_command.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/jobs_option.h"
#include "apps/common/program.h"
#include "base/write_file.h"
#include "training/report/shown_study.h"

namespace earmark {
namespace {

struct ShowOptions {
    std::filesystem::path study;
    std::optional<std::filesystem::path> out;
    std::optional<std::filesystem::path> compare;
    std::size_t worker_count = 1;
};

void run(const ShowOptions& options) {
    const ShownStudy shown = show_study(options.study, options.compare, options.worker_count);
    std::filesystem::path page;
    if (options.out) {
        page = *options.out;
        write_file(page, shown.page);
    } else {
        page = write_shown_study(options.study, shown);
    }
    std::cout << shown.table << "\n" << page.string() << "\n";
    flush_standard_output();
}

}  // namespace

bool is_show_command(int argument_count, const char* const* arguments) {
    const auto is_show = [](std::string_view word) { return word == "--show" || word.starts_with("--show="); };
    return argument_count > 2 && std::string_view(arguments[1]) == "analyze" &&
           std::any_of(arguments + 2, arguments + argument_count, is_show);
}

void add_show_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<ShowOptions>();
    CLI::App* command = app.add_subcommand("analyze", "Show a finished study again");
    command->add_option("--show", options->study, "Folder of the study")->type_name("DIR")->required();
    command
        ->add_option("--out", options->out,
                     "File for the web page (default: report.html and study.json in the folder of the study)")
        ->type_name("FILE");
    command
        ->add_option("--compare", options->compare,
                     "Folder of another study of the same clips, seeds and folds (default: the one that it was "
                     "compared with)")
        ->type_name("DIR");
    add_jobs_option(*command, options->worker_count, "Threads");
    command->footer(examples({"earmark analyze --show STUDY", "earmark analyze --show STUDY --out report.html"}));
    command->callback([options, &exit_status] {
        run(*options);
        exit_status = exit_code(ExitStatus::all_done);
    });
}

}  // namespace earmark
