#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "earmark/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace earmark::catalogue {

/// What SQLite reported while a statement ran. The message names the database file.
class DatabaseError : public Error {
public:
    DatabaseError(ErrorCode code, const std::string& message, bool is_busy) : Error(code, message), is_busy_(is_busy) {}

    /// Another program was writing to it.
    bool is_busy() const noexcept { return is_busy_; }

private:
    bool is_busy_;
};

class Database;

/// A prepared statement: bind, then step through its rows, then reset. Belongs to the thread of its database.
class Statement {
public:
    /// Parameters are ?1, ?2, ...
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, std::span<const std::byte> bytes);
    Statement& bind_null(int parameter);

    /// A path is TEXT where it is UTF-8, else BLOB. REQUIRES: no NUL byte.
    Statement& bind_path(int parameter, const std::filesystem::path& path);

    /// The next row; false after the last. Throws DatabaseError.
    bool step();

    /// Runs it to its end and makes it ready for the next time; bound values are forgotten.
    void run();

    /// Makes it ready for the next time; bound values are forgotten.
    void reset() noexcept;

    // Of the current row; columns from 0. Texts and bytes are valid until the next step() or reset().
    std::int64_t integer(int column) const noexcept;
    double real(int column) const noexcept;
    std::string text(int column) const;
    std::span<const std::byte> bytes(int column) const noexcept;
    std::filesystem::path path(int column) const;
    bool is_null(int column) const noexcept;

private:
    friend class Database;
    struct Deleter {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    Statement(Database& database, sqlite3_stmt* statement) : database_(&database), statement_(statement) {}
    void check(int code) const;

    Database* database_;
    std::unique_ptr<sqlite3_stmt, Deleter> statement_;
};

enum class OpenMode {
    read,    ///< the file must exist, and is not changed
    write,   ///< the file must exist
    create,  ///< the file is made if it does not exist
};

/// A connection to an SQLite file. Belongs to one thread at a time. Waits up to 10 s for others that write.
class Database {
public:
    /// Throws Error (not_found, unreadable, unwritable) that starts with the path.
    Database(const std::filesystem::path& file, OpenMode mode);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const std::filesystem::path& file() const noexcept { return file_; }

    /// REQUIRES: SQL without mistakes, of one statement. Throws DatabaseError.
    Statement prepare(std::string_view sql);

    /// Runs any number of statements without parameters. Throws DatabaseError.
    void execute(std::string_view sql);

    /// The first column of the first row of a query: of a PRAGMA, a count, ...; 0 where there is no row.
    std::int64_t integer(std::string_view sql);
    std::string text(std::string_view sql);

    /// The row that the last INSERT made.
    std::int64_t last_row() const noexcept;

    /// How many rows the last INSERT, UPDATE or DELETE has changed.
    std::int64_t change_count() const noexcept;

    /// Throws what a result code of SQLite means. Nothing for one that means success.
    void check(int code) const;

private:
    struct Deleter {
        void operator()(sqlite3* connection) const noexcept;
    };

    void connect(const std::string& name, int flags);
    bool is_readable();

    std::filesystem::path file_;
    std::unique_ptr<sqlite3, Deleter> connection_;
};

/// All changes while it lives are made together when commit() is called, or not at all.
class Transaction {
public:
    /// Waits until nobody else writes. Throws DatabaseError.
    explicit Transaction(Database& database);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();

    /// Throws DatabaseError; then nothing was changed.
    void commit();

private:
    Database& database_;
    bool is_open_ = true;
};

}  // namespace earmark::catalogue
