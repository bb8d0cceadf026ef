#include "apps/write_tags/plan_library.h"

#include "base/counted.h"
#include "catalogue/walk.h"

namespace earmark {
namespace {

void check_unchanged(const catalogue::KnownResult& known) {
    const auto stamp = catalogue::stamp_of(known.path);
    if (!stamp)
        throw Error(ErrorCode::not_found, known.path.string() + ": no such file; it was there at the last scan");
    if (*stamp != known.stamp)
        throw Error(ErrorCode::unreadable,
                    known.path.string() + ": was changed since the last scan; 'earmark library scan' reads it again");
}

std::string note_of_left_out(std::size_t count, std::size_t stale_count) {
    const std::string note = counted(count, "file") + " of the library without tags of its model left out; ";
    if (stale_count == 0) return note + "'earmark library stats' counts " + (count == 1 ? "it" : "them");
    return note + std::to_string(stale_count) + (stale_count == 1 ? " was" : " were") +
           " analyzed by another model: 'earmark library scan --stale' analyzes " + (stale_count == 1 ? "it" : "them") +
           " again";
}

}  // namespace

void plan_library(catalogue::KnownResults& results, PlanReport& report, const std::stop_token& stop) {
    for (std::size_t index = 0; !stop.stop_requested(); ++index) {
        std::optional<catalogue::KnownResult> known = results.next();
        if (!known) break;
        PoolResult result{index, known->path, std::move(known->clip), {}};
        result.clip.warning.clear();  // of the analysis, which is over
        try {
            check_unchanged(*known);
            if (!report.begin(index, {known->path, "", true})) continue;
        } catch (const Error& error) {
            result.error = error;
        }
        report.take(result);
    }
    if (results.left_out_count() > 0) report.print({note_of_left_out(results.left_out_count(), results.stale_count())});
}

std::vector<std::filesystem::path> paths_in_library(catalogue::Catalogue& library,
                                                    const std::vector<std::string>& paths, PlanReport& report) {
    std::vector<std::filesystem::path> found;
    for (const std::string& path : paths) {
        if (path == "-")
            throw Error(ErrorCode::usage, "--from-library: expected files or folders of the library, found '-'");
        const std::filesystem::path kept_path = catalogue::track_path(path);
        if (catalogue::present_count(library, kept_path) == 0)
            report.fail(path + ": the library has no file there; 'earmark library scan' adds it");
        found.push_back(kept_path);  // all the same: none at all would mean the whole library
    }
    return found;
}

}  // namespace earmark
