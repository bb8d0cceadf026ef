#include "apps/library/scan_command.h"

#include <chrono>
#include <cstdlib>
#include <iostream>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/model_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/library/after_command.h"
#include "apps/library/db_option.h"
#include "apps/library/find_files.h"
#include "apps/library/scan.h"
#include "apps/library/scan_summary.h"
#include "catalogue/model_rows.h"
#include "catalogue/scan_lock.h"

namespace earmark {
namespace {

struct ScanOptions {
    std::vector<std::string> paths;
    std::string db;
    std::string model;
    std::string journal = "wal";
    std::string after;
    catalogue::WaitingOptions waiting;
    Precision precision = Precision::automatic;
    std::size_t worker_count = 1;
};

catalogue::CatalogueOptions catalogue_options(const ScanOptions& options) {
    return {catalogue::OpenMode::create,
            options.journal == "wal" ? catalogue::Journal::wal : catalogue::Journal::delete_journal};
}

std::vector<std::filesystem::path> roots_of(const ScanOptions& options, catalogue::Catalogue& catalogue) {
    if (!options.paths.empty()) return {options.paths.begin(), options.paths.end()};
    std::vector<std::filesystem::path> roots = catalogue::known_roots(catalogue);
    if (roots.empty())
        throw Error(ErrorCode::usage, catalogue.file().string() + ": nothing was scanned yet; expected PATH");
    return roots;
}

TaggerPoolOptions pool_options(const ScanOptions& options) {
    TaggerPoolOptions pool;
    pool.worker_count = options.worker_count;
    pool.tagger.precision = options.precision;
    pool.on_stuck = [] { std::_Exit(exit_code(ExitStatus::item_failed)); };
    return pool;
}

// Ends the program with what is done when the user asks for it.
ExitStatus scan(const ScanOptions& options, catalogue::Catalogue& catalogue, const std::shared_ptr<const Model>& model,
                const std::stop_token& stop) {
    const auto begin = std::chrono::steady_clock::now();
    const FoundFiles found = find_files(catalogue, roots_of(options, catalogue), stop);
    for (const std::string& line : found.notes) print_message(line);
    for (const std::string& line : found.errors) print_message(line);
    catalogue::TrackStore store(catalogue, *model);
    catalogue::make_current(catalogue, store.model_id());
    ScanSummary summary{.changes = catalogue::take_walk(catalogue, found.walk)};
    Scan work(store, store.waiting(found.walk.roots, options.waiting));
    summary.waiting_count = work.waiting_count();
    work.run(model, pool_options(options), stop);
    summary.counts = work.counts();
    summary.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    std::cout << text(summary, catalogue);
    flush_standard_output();
    if (interrupted()) return ExitStatus::item_failed;
    const bool is_well = found.errors.empty() && summary.counts.failed_count == 0;
    const bool has_run = options.after.empty() || run_after(options.after, summary);
    return is_well && has_run ? ExitStatus::all_done : ExitStatus::item_failed;
}

ExitStatus run(const ScanOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    catalogue::Catalogue catalogue(named_or_default_db(options.db), catalogue_options(options));
    const catalogue::ScanLock lock(catalogue.file());
    try {
        return scan(options, catalogue, model, interrupt.token());
    } catch (const catalogue::DatabaseError& error) {
        print_message(error.what());
        return ExitStatus::item_failed;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::cancelled) throw;
        print_message("stopped while looking for audio files: nothing was changed");
        return ExitStatus::item_failed;
    }
}

void add_options(CLI::App& command, ScanOptions& options) {
    add_db_option(command, options.db);
    add_model_option(command, options.model);
    command.add_flag("--stale", options.waiting.stale, "Analyze again what only another model has analyzed");
    command.add_flag("--failed", options.waiting.failed,
                     "Try files again that could not be analyzed; without it, only once they have changed");
    add_jobs_option(command, options.worker_count, "Files processed at once");
    add_precision_option(command, options.precision);
    command
        .add_option("--journal", options.journal,
                    "Journal of the database: wal lets others read while it is written; delete also works on a network "
                    "file system")
        ->check(one_of({"wal", "delete"}))
        ->capture_default_str();
    command
        .add_option("--after", options.after,
                    "Shell command to run once the scan has come to its end, for example one that makes a music server "
                    "look for changes; $EARMARK_CHANGED is the number of files that are new, changed, moved or missing")
        ->type_name("COMMAND");
}

}  // namespace

void add_scan_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<ScanOptions>();
    CLI::App* command = library.add_subcommand(
        "scan",
        "Analyze the audio files of a library that are new or have changed, and keep the results in a database");
    command->add_option("PATH", options->paths,
                        "Folders (searched with their subfolders) and audio files; without any, those of all scans "
                        "before");
    add_options(*command, *options);
    command->footer(examples({"earmark library scan ~/Music", "earmark library scan",
                              "earmark library scan /srv/music --db /var/lib/earmark/music.db --jobs 2"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
