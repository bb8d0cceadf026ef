#include "catalogue/database.h"

#include <sqlite3.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/utf8.h"

namespace earmark::catalogue {
namespace {

ErrorCode code_of(int sqlite_code) {
    switch (sqlite_code & 0xff) {
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_FORMAT: return ErrorCode::invalid_catalogue;
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH: return ErrorCode::unreadable;
        default: return ErrorCode::unwritable;
    }
}

bool is_disk_full(int sqlite_code, sqlite3* connection) {
    const int kind = sqlite_code & 0xff;
    return kind == SQLITE_FULL || (kind == SQLITE_IOERR && sqlite3_system_errno(connection) == ENOSPC);
}

std::string meaning_of(int sqlite_code, sqlite3* connection) {
    const char* const message = sqlite3_errmsg(connection);
    if (is_disk_full(sqlite_code, connection)) return "cannot be written: the disk is full";
    switch (sqlite_code & 0xff) {
        case SQLITE_CANTOPEN:
        case SQLITE_IOERR:
            if (const int error = sqlite3_system_errno(connection); error != 0)
                return std::string(sqlite_code == SQLITE_CANTOPEN ? "cannot be opened: "
                                                                  : "cannot be read or written: ") +
                       std::strerror(error);
            return message;
        case SQLITE_NOTADB: return "is not an SQLite database; expected a library made by 'earmark library scan'";
        case SQLITE_CORRUPT: return "is damaged (" + std::string(message) + "); 'sqlite3 FILE .recover' may save it";
        case SQLITE_READONLY: return "cannot be written: it, or its folder, is read-only";
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return "another program is writing to it, and did not end within 10 s";
        default: return message;
    }
}

// A file in write-ahead mode is read with two more files next to it. Where the folder is read-only or the disk is full,
// and nobody writes, there are none, and nobody can make them: then the file is all there is.
std::string as_unchanging(const std::filesystem::path& file) {
    std::string uri = "file:";
    for (const char byte : file.native()) {
        constexpr std::string_view with_a_meaning = "%?#";
        constexpr const char* digits = "0123456789ABCDEF";
        const auto number = static_cast<unsigned char>(byte);
        if (with_a_meaning.find(byte) == std::string_view::npos)
            uri += byte;
        else
            uri += {'%', digits[number >> 4U], digits[number & 15U]};
    }
    return uri + "?immutable=1";
}

// On a full disk SQLite leaves an empty log, which nobody can write to.
bool is_alone(const std::filesystem::path& file) {
    const std::filesystem::path log = file.string() + "-wal";
    std::error_code error;
    if (!std::filesystem::exists(log, error)) return !error;
    const std::filesystem::space_info space = std::filesystem::space(log, error);
    return !error && space.available == 0 && std::filesystem::is_empty(log, error) && !error;
}

void check_file(const std::filesystem::path& file, OpenMode mode) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error))
        throw Error(ErrorCode::unreadable,
                    file.string() + ": is a folder; expected the file of a library ('earmark library scan' makes it)");
    if (std::filesystem::exists(file, error)) {
        if (std::filesystem::is_regular_file(file, error)) return;
        throw Error(
            ErrorCode::unreadable,
            file.string() + ": is no regular file; expected that of a library ('earmark library scan' makes it)");
    }
    if (mode != OpenMode::create)
        throw Error(ErrorCode::not_found, file.string() + ": no such file; 'earmark library scan' makes it");
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    if (access(folder.c_str(), W_OK) != 0)
        throw Error(ErrorCode::unwritable, file.string() + ": cannot be made: " + std::strerror(errno));
}

}  // namespace

void Statement::Deleter::operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
void Database::Deleter::operator()(sqlite3* connection) const noexcept { sqlite3_close_v2(connection); }

void Statement::check(int code) const { database_->check(code); }

Statement& Statement::bind(int parameter, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, double value) {
    check(sqlite3_bind_double(statement_.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // A null pointer would be NULL.
    const char* const data = text.empty() ? "" : text.data();
    check(sqlite3_bind_text64(statement_.get(), parameter, data, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::byte> bytes) {
    const void* const data = bytes.empty() ? static_cast<const void*>("") : bytes.data();
    check(sqlite3_bind_blob64(statement_.get(), parameter, data, bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    check(sqlite3_bind_null(statement_.get(), parameter));
    return *this;
}

Statement& Statement::bind_path(int parameter, const std::filesystem::path& path) {
    const std::string& bytes = path.native();
    assert(bytes.find('\0') == std::string::npos);
    if (is_utf8(bytes)) return bind(parameter, std::string_view(bytes));
    return bind(parameter, std::as_bytes(std::span(bytes)));
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    sqlite3_reset(statement_.get());
    check(code);
    return false;
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() noexcept {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::integer(int column) const noexcept { return sqlite3_column_int64(statement_.get(), column); }
double Statement::real(int column) const noexcept { return sqlite3_column_double(statement_.get(), column); }

std::span<const std::byte> Statement::bytes(int column) const noexcept {
    const void* const data = sqlite3_column_blob(statement_.get(), column);
    const auto count = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return {static_cast<const std::byte*>(data), data == nullptr ? 0 : count};
}

std::string Statement::text(int column) const {
    const auto found = bytes(column);
    return {reinterpret_cast<const char*>(found.data()), found.size()};
}

std::filesystem::path Statement::path(int column) const { return text(column); }

bool Statement::is_null(int column) const noexcept {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

Database::Database(const std::filesystem::path& file, OpenMode mode) : file_(file) {
    check_file(file, mode);
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == OpenMode::read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (mode == OpenMode::create) flags |= SQLITE_OPEN_CREATE;
    connect(file.native(), flags);
    if (mode == OpenMode::read && !is_readable() && is_alone(file))
        connect(as_unchanging(file), flags | SQLITE_OPEN_URI);
    if (mode != OpenMode::read && sqlite3_db_readonly(connection_.get(), "main") == 1) check(SQLITE_READONLY);
    constexpr int patience_ms = 10'000;
    sqlite3_busy_timeout(connection_.get(), patience_ms);
    sqlite3_exec(connection_.get(), "PRAGMA temp_store = MEMORY", nullptr, nullptr, nullptr);
    sqlite3_db_config(connection_.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
}

void Database::connect(const std::string& name, int flags) {
    sqlite3* connection = nullptr;
    const int code = sqlite3_open_v2(name.c_str(), &connection, flags, nullptr);
    connection_.reset(connection);
    if (connection == nullptr) throw std::bad_alloc();
    check(code);
}

bool Database::is_readable() {
    const int code = sqlite3_exec(connection_.get(), "PRAGMA user_version", nullptr, nullptr, nullptr);
    const int kind = code & 0xff;
    return kind != SQLITE_READONLY && kind != SQLITE_CANTOPEN && !is_disk_full(code, connection_.get());
}

void Database::check(int code) const {
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
    if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
    const std::string message = meaning_of(code, connection_.get());
    throw DatabaseError(code_of(code), file_.string() + ": " + message, (code & 0xff) == SQLITE_BUSY);
}

Statement Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                             &statement, nullptr));
    assert(statement != nullptr);
    return {*this, statement};
}

void Database::execute(std::string_view sql) {
    check(sqlite3_exec(connection_.get(), std::string(sql).c_str(), nullptr, nullptr, nullptr));
}

std::int64_t Database::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::string Database::text(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.text(0) : "";
}

std::int64_t Database::last_row() const noexcept { return sqlite3_last_insert_rowid(connection_.get()); }

std::int64_t Database::change_count() const noexcept { return sqlite3_changes64(connection_.get()); }

Transaction::Transaction(Database& database) : database_(database) { database.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
    if (!is_open_) return;
    try {
        database_.execute("ROLLBACK");
    } catch (const std::exception&) {  // a full disk has rolled it back already
    }
}

void Transaction::commit() {
    database_.execute("COMMIT");
    is_open_ = false;
}

}  // namespace earmark::catalogue
