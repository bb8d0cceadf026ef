#include "apps/library/known_clips.h"

#include <utility>

#include "catalogue/model_rows.h"
#include "earmark/file_contents.h"

namespace earmark {

KnownClips::KnownClips(const std::filesystem::path& database_file, std::shared_ptr<const Model> model)
    : model_(std::move(model)), catalogue_(database_file, {catalogue::OpenMode::create, catalogue::Journal::as_it_is}) {
    const std::string current = catalogue_.database().text("SELECT identity FROM model WHERE is_current");
    if (!current.empty() && current != model_identity(*model_))
        throw Error(ErrorCode::usage,
                    "--db: " + database_file.string() + " has the results of another model, '" +
                        catalogue_.database().text("SELECT name FROM model WHERE is_current") +
                        "'; expected --model with that one, or 'earmark library scan --stale' with this one before");
    store_.emplace(catalogue_, *model_);
    catalogue::make_current(catalogue_, store_->model_id());
}

std::optional<ClipResult> KnownClips::find(const std::filesystem::path& path, const std::stop_token& stop) {
    const std::filesystem::path kept_path = catalogue::track_path(path);
    const auto stamp = catalogue::stamp_of(kept_path);
    if (!stamp) return std::nullopt;
    {
        const std::lock_guard lock(mutex_);
        if (auto clip = store_->find(kept_path, *stamp)) return clip;
    }
    try {
        const FileContents contents = read_file_contents(kept_path, stop);
        const std::lock_guard lock(mutex_);
        const catalogue::PlacedTrack placed = store_->place(store_->keep_path(kept_path, *stamp), contents);
        if (auto clip = store_->find(kept_path, *stamp)) return clip;
        in_work_[path] = {placed.audio_id, *stamp};
    } catch (const catalogue::DatabaseError&) {
        throw;
    } catch (const Error&) {  // tagging it will report what is wrong
    }
    return std::nullopt;
}

void KnownClips::keep(const PoolResult& result) {
    const Fingerprint fingerprint = fingerprints_.take(result.index);
    const std::lock_guard lock(mutex_);
    const auto found = in_work_.find(result.path);
    if (found == in_work_.end()) return;
    const InWork work = found->second;
    in_work_.erase(found);
    // One that has failed stays pending; a scan looks at it.
    if (!result.error && catalogue::stamp_of(result.path) == work.stamp)
        store_->keep(work.audio_id, result.clip, fingerprint);
}

}  // namespace earmark
