#pragma once

#include <filesystem>
#include <string>

#include "metadata/journal.h"
#include "metadata/plan.h"

namespace earmark::metadata {

struct WriteOptions {
    bool is_in_place = false;  ///< files with several names are written over; else they are replaced
    bool keeps_time = false;   ///< the time of the last change stays
};

/// What came of a file.
struct WriteResult {
    enum class State {
        written,
        already_done,  ///< it has the values
    };
    State state = State::written;
    std::uint64_t other_names = 0;  ///< hard links to what the file was: they keep the old fields
};

/// Writes what is planned into one file, by a copy that takes its place: after its audio packets, as FFmpeg reads them,
/// and all other fields were compared, and the way back is in the journal. On any difference nothing is replaced.
/// Throws Error that starts with the path: not_found, unreadable, unwritable (changed since the plan was made, cannot
/// be written by Earmark, read-only, ...); and JournalError. For one thread at a time a journal.
WriteResult write_fields(const PlannedFile& planned, const Plan& plan, JournalWriter& journal,
                         const WriteOptions& options);

enum class UndoState {
    restored,
    already_done,  ///< it is as it was
};

/// Makes a file what it was, byte for byte and with the time of its last change. Throws Error that starts with the
/// path: not_found, unreadable, unwritable (changed since by another program, read-only, ...); then it is left as it
/// is. `may_be_torn`: Journal::may_be_torn. `journal` is that of the record, which gets a line about a file that is
/// written in place; else JournalError.
UndoState undo(const JournalRecord& record, bool may_be_torn, JournalWriter& journal);

}  // namespace earmark::metadata
