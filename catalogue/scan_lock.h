#pragma once

#include <filesystem>

namespace earmark::catalogue {

/// Only one program at a time fills a database: a lock on the file DATABASE-scan next to it, which the system releases
/// when the program ends, however it ends. Where the file system has no locks, everybody holds it.
class ScanLock {
public:
    /// Throws Error (unwritable) when another program scans into the database, or the file cannot be made.
    explicit ScanLock(const std::filesystem::path& database_file);
    ScanLock(const ScanLock&) = delete;
    ScanLock& operator=(const ScanLock&) = delete;
    ~ScanLock();

private:
    int descriptor_;
};

}  // namespace earmark::catalogue
