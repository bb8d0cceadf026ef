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
    if (const std::size_t count = results.left_out_count(); count > 0)
        report.print({counted(count, "file") +
                      " of the library without tags of its model left out; 'earmark library stats' counts them"});
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
