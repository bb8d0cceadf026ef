#include "apps/library/scan_summary.h"

#include <algorithm>

#include "apps/common/visible_text.h"
#include "apps/library/stale_tracks.h"
#include "apps/tag/batch_counts.h"
#include "base/counted.h"

namespace earmark {
namespace {

void add(std::string& text, std::int64_t count, const std::string& what) {
    if (count > 0) text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + what;
}

// A file that has moved was found as a new one, and as one that is missing.
std::string changes_line(const ScanSummary& summary) {
    const auto moved = static_cast<std::int64_t>(summary.counts.moved_count);
    const catalogue::WalkChanges& changes = summary.changes;
    std::string text;
    add(text, std::max<std::int64_t>(0, changes.new_count - moved), "new");
    add(text, changes.changed_count, "changed");
    add(text, moved, "moved");
    add(text, std::max<std::int64_t>(0, changes.vanished_count - moved), "missing");
    add(text, changes.returned_count, "there again");
    add(text, changes.unchanged_count, "unchanged");
    return text.empty() ? "no files" : text;
}

std::string work_line(const ScanSummary& summary) {
    const ScanCounts& counts = summary.counts;
    std::string text = counted(counts.analyzed_count, "file") + " analyzed";
    if (counts.warning_count > 0) text += " (" + std::to_string(counts.warning_count) + " with a warning)";
    add(text, static_cast<std::int64_t>(counts.known_count), "with audio that was known");
    add(text, static_cast<std::int64_t>(counts.failed_count), "failed");
    add(text, static_cast<std::int64_t>(counts.film_count), "videos without audio");
    return text + ", in " +
           work_rate({.tagged_count = counts.analyzed_count,
                      .file_count = {},
                      .audio_s = counts.audio_s,
                      .elapsed_s = summary.elapsed_s});
}

}  // namespace

std::size_t ScanSummary::changed_count() const noexcept {
    const std::int64_t count =
        changes.new_count + changes.changed_count + changes.vanished_count + changes.returned_count;
    return static_cast<std::size_t>(count) - std::min(counts.moved_count, static_cast<std::size_t>(count));
}

std::string text(const ScanSummary& summary, catalogue::Catalogue& catalogue) {
    const auto track_count =
        static_cast<std::size_t>(catalogue.database().integer("SELECT count(*) FROM track WHERE NOT is_missing"));
    const std::int64_t pending_count =
        catalogue.database().integer("SELECT count(*) FROM track WHERE NOT is_missing AND state = 'pending'");
    std::string lines = changes_line(summary) + "\n" + work_line(summary) + "\n";
    if (summary.done_count() < summary.waiting_count)
        lines += "stopped: " + std::to_string(summary.done_count()) + " of " + counted(summary.waiting_count, "file") +
                 " done; the next scan goes on\n";
    const std::size_t stale_count = stale_track_count(catalogue.database());
    if (stale_count > 0)
        lines += counted(stale_count, "file") +
                 " analyzed by another model, which searches do not find; --stale analyzes them again\n";
    return lines + visible(catalogue.file().string()) + ": " + counted(track_count, "track") +
           (pending_count > 0 ? ", " + std::to_string(pending_count) + " of them still to be analyzed" : "") + "\n";
}

}  // namespace earmark
