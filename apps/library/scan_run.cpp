#include "apps/library/scan_run.h"

#include <chrono>
#include <cstdlib>
#include <iostream>

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
#include "catalogue/model_rows.h"

namespace earmark {
namespace {

TaggerPoolOptions pool_options(const ScanOptions& options) {
    TaggerPoolOptions pool;
    pool.worker_count = options.worker_count;
    pool.tagger.precision = options.precision;
    pool.on_stuck = [] { std::_Exit(exit_code(ExitStatus::item_failed)); };
    return pool;
}

ScanSummary scan(const ScanOptions& options, catalogue::Catalogue& catalogue, const std::shared_ptr<const Model>& model,
                 const FoundFiles& found, const std::stop_token& stop) {
    const auto begin = std::chrono::steady_clock::now();
    catalogue::TrackStore store(catalogue, *model);
    catalogue::make_current(catalogue, store.model_id());
    ScanSummary summary{.changes = catalogue::take_walk(catalogue, found.walk)};
    Scan work(store, store.waiting(found.walk.roots, options.waiting), options.waiting.stale);
    summary.waiting_count = work.waiting_count();
    work.run(model, pool_options(options), stop);
    summary.counts = work.counts();
    summary.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return summary;
}

ExitStatus find_and_scan(const ScanOptions& options, catalogue::Catalogue& catalogue,
                         const std::shared_ptr<const Model>& model, const std::stop_token& stop,
                         bool prints_nothing_new) {
    const FoundFiles found = find_files(catalogue, scanned_roots(options, catalogue), stop);
    if (prints_nothing_new)
        for (const std::string& line : found.notes) print_message(line);
    for (const std::string& line : found.errors) print_message(line);
    const ScanSummary summary = scan(options, catalogue, model, found, stop);
    const bool is_new = summary.changed_count() + summary.waiting_count > 0;
    if (is_new || prints_nothing_new) std::cout << text(summary, catalogue);
    flush_standard_output();
    if (interrupted()) return ExitStatus::item_failed;
    const bool is_well = found.errors.empty() && summary.counts.failed_count == 0;
    const bool is_run = !options.after.empty() && (is_new || prints_nothing_new);
    const bool has_run = !is_run || run_after(options.after, summary);
    return is_well && has_run ? ExitStatus::all_done : ExitStatus::item_failed;
}

}  // namespace

std::unique_ptr<catalogue::Catalogue> open_scanned(const ScanOptions& options) {
    const auto journal = options.journal == "wal" ? catalogue::Journal::wal : catalogue::Journal::delete_journal;
    return std::make_unique<catalogue::Catalogue>(named_or_default_db(options.db),
                                                  catalogue::CatalogueOptions{catalogue::OpenMode::create, journal});
}

std::vector<std::filesystem::path> scanned_roots(const ScanOptions& options, catalogue::Catalogue& catalogue) {
    if (!options.paths.empty()) return {options.paths.begin(), options.paths.end()};
    std::vector<std::filesystem::path> roots = catalogue::known_roots(catalogue);
    if (roots.empty())
        throw Error(ErrorCode::usage, catalogue.file().string() + ": nothing was scanned yet; expected PATH");
    return roots;
}

ExitStatus scan_library(const ScanOptions& options, catalogue::Catalogue& catalogue,
                        const std::shared_ptr<const Model>& model, const std::stop_token& stop,
                        bool prints_nothing_new) {
    try {
        return find_and_scan(options, catalogue, model, stop, prints_nothing_new);
    } catch (const catalogue::DatabaseError& error) {
        if (error.code() == ErrorCode::invalid_catalogue) throw;  // damaged: there is no other time
        print_message(error.what());
        return ExitStatus::item_failed;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        print_message("stopped while looking for audio files: nothing was changed");
        return ExitStatus::item_failed;
    }
}

void add_scan_options(CLI::App& command, ScanOptions& options) {
    command.add_option("PATH", options.paths,
                       "Folders (searched with their subfolders) and audio files; without any, those of all scans "
                       "before");
    add_db_option(command, options.db);
    add_model_option(command, options.model);
    command.add_flag("--stale", options.waiting.stale,
                     "Analyze again what only another model has analyzed, or an Earmark that made no fingerprints");
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

}  // namespace earmark
