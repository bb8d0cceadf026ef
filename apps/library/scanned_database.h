#pragma once

#include <memory>

#include "apps/library/scan_run.h"
#include "catalogue/catalogue.h"
#include "catalogue/scan_lock.h"

namespace earmark {

/// The database that a scan fills, and the lock on it. One that it has made itself is removed at its end if it has no
/// track, unless keep() was called: a mistyped command leaves nothing behind.
class ScannedDatabase {
public:
    /// Throws Error.
    explicit ScannedDatabase(const ScanOptions& options);
    ScannedDatabase(const ScannedDatabase&) = delete;
    ScannedDatabase& operator=(const ScannedDatabase&) = delete;
    ~ScannedDatabase();

    catalogue::Catalogue& catalogue() noexcept { return *catalogue_; }
    void keep() noexcept { is_new_ = false; }

private:
    bool is_new_;
    std::unique_ptr<catalogue::Catalogue> catalogue_;
    catalogue::ScanLock lock_;
};

}  // namespace earmark
