#include "apps/library/scanned_database.h"

#include <exception>
#include <filesystem>
#include <string>
#include <system_error>

#include "apps/library/db_option.h"

namespace earmark {
namespace {

bool is_missing(const std::filesystem::path& file) {
    std::error_code error;
    return !std::filesystem::exists(file, error) && !error;
}

bool has_no_track(catalogue::Catalogue& catalogue) noexcept {
    try {
        return catalogue.database().integer("SELECT count(*) FROM track") == 0;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace

ScannedDatabase::ScannedDatabase(const ScanOptions& options)
    : is_new_(is_missing(named_or_default_db(options.db))),
      catalogue_(open_scanned(options)),
      lock_(catalogue_->file()) {}

ScannedDatabase::~ScannedDatabase() {
    if (!is_new_ || !has_no_track(*catalogue_)) return;
    const std::string file = catalogue_->file().string();
    catalogue_.reset();  // SQLite removes its other files when it closes the database
    std::error_code error;
    for (const char* const ending : {"", "-scan"}) std::filesystem::remove(file + ending, error);
}

}  // namespace earmark
