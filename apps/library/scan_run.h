#pragma once

#include <CLI/App.hpp>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/common/exit_status.h"
#include "apps/library/scan_summary.h"
#include "catalogue/track_store.h"

namespace earmark {

/// What `library scan` and `library watch` are given.
struct ScanOptions {
    std::vector<std::string> paths;  ///< none: those of all scans before
    std::string db;
    std::string model;
    std::string journal = "wal";
    std::string after;
    catalogue::WaitingOptions waiting;
    Precision precision = Precision::automatic;
    std::size_t worker_count = 1;
};

/// PATH and the options.
void add_scan_options(CLI::App& command, ScanOptions& options);

/// Opens what a scan needs. Throws Error.
std::unique_ptr<catalogue::Catalogue> open_scanned(const ScanOptions& options);

/// The paths of the options, else those of all scans before. Throws Error (usage) where there are none.
std::vector<std::filesystem::path> scanned_roots(const ScanOptions& options, catalogue::Catalogue& catalogue);

/// One scan, until it has ended or is stopped. Errors are printed; `prints_nothing_new`: also a summary of a scan that
/// found no change. Throws Error: what concerns none of the files.
ExitStatus scan_library(const ScanOptions& options, catalogue::Catalogue& catalogue,
                        const std::shared_ptr<const Model>& model, const std::stop_token& stop,
                        bool prints_nothing_new);

}  // namespace earmark
