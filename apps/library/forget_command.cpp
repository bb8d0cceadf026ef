#include "apps/library/forget_command.h"

#include <iostream>
#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/program.h"
#include "apps/common/visible_text.h"
#include "apps/library/db_option.h"
#include "base/counted.h"
#include "catalogue/file_stamp.h"
#include "catalogue/forget.h"
#include "catalogue/scan_lock.h"

namespace earmark {
namespace {

struct ForgetOptions {
    std::vector<std::string> paths;
    std::string db;
};

std::string text(const catalogue::Forgotten& forgotten) {
    std::string line = counted(static_cast<std::size_t>(forgotten.track_count), "file") + " forgotten, " +
                       std::to_string(forgotten.kept_count) + " kept";
    if (forgotten.root_count > 0)
        line += "; " + counted(static_cast<std::size_t>(forgotten.root_count), "path") + " not scanned any more";
    return line + "\n";
}

// The paths that the library has something of. Prints the others, and then gives `status` item_failed.
std::vector<std::filesystem::path> known_paths(catalogue::Catalogue& library, const std::vector<std::string>& paths,
                                               ExitStatus& status) {
    std::vector<std::filesystem::path> known;
    for (const std::string& path : paths) {
        const std::filesystem::path kept_path = catalogue::track_path(path);
        if (catalogue::has_anything_below(library, kept_path)) {
            known.push_back(kept_path);
        } else {
            print_message(path + ": the library has no file there, and never had one");
            status = ExitStatus::item_failed;
        }
    }
    return known;
}

ExitStatus run(const ForgetOptions& options) {
    const std::filesystem::path file = named_or_default_db(options.db);
    catalogue::Catalogue library(file, {catalogue::OpenMode::write, catalogue::Journal::as_it_is});
    const catalogue::ScanLock lock(file);
    ExitStatus status = ExitStatus::all_done;
    const std::vector<std::filesystem::path> paths = known_paths(library, options.paths, status);
    const bool is_about_all = options.paths.empty();
    if (is_about_all || !paths.empty()) std::cout << text(catalogue::forget(library, paths));
    flush_standard_output();
    return status;
}

}  // namespace

void add_library_forget_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<ForgetOptions>();
    CLI::App* command =
        library.add_subcommand("forget", "Remove from the database what is known of files that are gone");
    command->add_option(
        "PATH", options->paths,
        "Only files that are there or were below it, and also those that are gone since the last scan; "
        "a folder that is gone is not scanned any more. Without PATH, all files that the last scans missed");
    add_db_option(*command, options->db);
    command->footer(examples({"earmark library forget", "earmark library forget ~/Music/old"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
