#include "apps/library/stale_tracks.h"

#include "apps/common/program.h"
#include "base/counted.h"

namespace earmark {

std::size_t stale_track_count(catalogue::Database& database) {
    return static_cast<std::size_t>(
        database.integer("SELECT count(*) FROM track WHERE NOT is_missing AND state = 'stale'"));
}

std::string note_of_stale_tracks(catalogue::Database& database) {
    const std::size_t count = stale_track_count(database);
    if (count == 0) return {};
    return counted(count, "track") +
           " analyzed by another model cannot be searched: 'earmark library scan --stale' analyzes " +
           (count == 1 ? "it" : "them") + " again";
}

void report_stale_tracks(catalogue::Database& database) {
    if (const std::string note = note_of_stale_tracks(database); !note.empty()) print_message(note);
}

}  // namespace earmark
