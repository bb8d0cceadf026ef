#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/error.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// How a file was before it was changed: as parts of what it is now, and bytes of its own.
struct JournalRecord {
    std::filesystem::path path;  ///< absolute, without links
    std::uint64_t size_before = 0;
    std::int64_t modified_ns_before = 0;
    std::string digest_before;  ///< digest_of(ByteSource)
    std::string digest_after;
    bool is_in_place = false;  ///< written over, and not replaced: it may be neither old nor new
    Pieces way_back;

    bool operator==(const JournalRecord&) const = default;
};

/// What a line of a journal has: a record, or that a record's file was written in place to its end, or is about to be
/// written back.
struct JournalLine {
    std::optional<JournalRecord> record;
    bool is_done = false;  ///< of the path, where there is no record
    std::filesystem::path path{};

    bool operator==(const JournalLine&) const = default;
};

/// With the checksum that guards it, and the end of the line.
std::string journal_line_to_text(const JournalLine& line);

/// Without the end of the line. Throws Damage.
JournalLine journal_line_from_text(std::string_view text);

inline constexpr int journal_version = 1;

/// A journal that cannot be written: no file may be touched any more.
class JournalError : public Error {
public:
    using Error::Error;
};

/// A journal that is written: JSON lines, each on the disk before the file that it is about is touched. One process at
/// a time.
class JournalWriter {
public:
    /// Makes the file, with the folders above it, or goes on with one that was made for the same plan; what a process
    /// that was killed left of its last line is removed. Throws Error: unwritable, usage (made for another plan, in
    /// use, or no journal).
    JournalWriter(const std::filesystem::path& path, const std::string& plan_digest);

    /// Goes on with one that is there, for undo(). Throws Error as above, and not_found.
    explicit JournalWriter(const std::filesystem::path& path);
    JournalWriter(const JournalWriter&) = delete;
    JournalWriter& operator=(const JournalWriter&) = delete;
    ~JournalWriter();

    const std::filesystem::path& path() const noexcept { return path_; }

    /// Returns when it is on the disk. Throws JournalError (unwritable).
    void add(const JournalLine& line);

private:
    JournalWriter(const std::filesystem::path& path, const std::optional<std::string>& plan_digest, int flags);
    void go_on(const std::optional<std::string>& plan_digest);
    void write(std::string_view text);
    [[noreturn]] void fail(int error) const;

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

/// A journal that is read: its lines stay in the file.
class Journal {
public:
    /// Looks at every line. A last line without end is left out: its file was not touched. Throws Error: not_found,
    /// unreadable, usage (no journal, or of a newer version).
    explicit Journal(const std::filesystem::path& path);

    /// In the order in which they were written.
    std::size_t record_count() const noexcept { return records_.size(); }
    JournalRecord record(std::size_t index) const;

    /// For each damaged line, one that starts with the path of the journal. The others are whole.
    const std::vector<std::string>& problems() const noexcept { return problems_; }

    /// A file in place that was begun, and not ended.
    bool may_be_torn(std::size_t index) const { return records_[index].may_be_torn; }

private:
    struct Place {
        Range range;
        bool may_be_torn = false;
    };

    std::filesystem::path path_;
    FileSource source_;
    std::vector<Place> records_;
    std::vector<std::string> problems_;
};

}  // namespace earmark::metadata
