#include "apps/library/scan.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "apps/common/program.h"
#include "base/audio_files.h"
#include "earmark/file_contents.h"

namespace earmark {
namespace {

// What may be gone the next time: a disk that does not answer, permission, memory.
bool is_lasting(const Error& error) {
    return error.code() == ErrorCode::not_audio || error.code() == ErrorCode::damaged_audio;
}

std::string without_path(const std::filesystem::path& path, const Error& error) {
    const std::string start = path.string() + ": ";
    const std::string message = error.what();
    return message.starts_with(start) ? message.substr(start.size()) : message;
}

TaggedFile shown(const std::string& error, const ClipResult& clip = {}) {
    TaggedFile file;
    file.error = error;
    file.duration_s = clip.duration_s;
    file.warning = clip.warning;
    return file;
}

constexpr std::size_t no_item = SIZE_MAX;

}  // namespace

Scan::Scan(catalogue::TrackStore& store, std::vector<catalogue::WaitingTrack> waiting, bool adds_fingerprints)
    : store_(store),
      waiting_(std::move(waiting)),
      adds_fingerprints_(adds_fingerprints),
      progress_([this] { return std::optional(waiting_.size()); }) {}

void Scan::run(const std::shared_ptr<const Model>& model, TaggerPoolOptions options, const std::stop_token& stop) {
    if (waiting_.empty()) return progress_.finish();
    options.in_order = false;
    options.worker_count = std::min(options.worker_count, waiting_.size());
    options.on_samples = std::bind_front(&FingerprintsInWork::add, &fingerprints_);
    if (progress_.is_shown()) options.on_progress = std::bind_front(&BatchProgress::file_progress, &progress_);
    TaggerPool(model, options)
        .run([this](const std::stop_token& ended) { return next(ended); },
             [this](const PoolResult& result) { take(result); }, stop);
    progress_.finish();
}

ScanCounts Scan::counts() const {
    const std::lock_guard lock(mutex_);
    return counts_;
}

std::optional<PoolItem> Scan::next(const std::stop_token& stop) {
    while (next_ < waiting_.size() && !stop.stop_requested()) {
        if (auto item = look_at(waiting_[next_++], stop)) return item;
    }
    return std::nullopt;
}

std::optional<PoolItem> Scan::look_at(const catalogue::WaitingTrack& track, const std::stop_token& stop) {
    try {
        const auto stamp = catalogue::stamp_of(track.path);
        if (!stamp) throw Error(ErrorCode::not_found, track.path.string() + ": vanished while the library was scanned");
        const FileContents contents = read_file_contents(track.path, stop);
        return place(track.path, *stamp, contents);
    } catch (const catalogue::DatabaseError&) {
        throw;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) fail(track.id, track.path, error);
        return std::nullopt;
    }
}

std::optional<PoolItem> Scan::place(const std::filesystem::path& path, const catalogue::FileStamp& stamp,
                                    const FileContents& contents) {
    const std::lock_guard lock(mutex_);
    const std::int64_t track_id = store_.keep_path(path, stamp);
    const catalogue::PlacedTrack placed = store_.place(track_id, contents);
    if (placed.has_moved) ++counts_.moved_count;
    const bool is_known = placed.is_known && !(adds_fingerprints_ && store_.lacks_fingerprint(placed.audio_id));
    // The analysis of a copy that is in work is that of this file as well.
    if (is_known || !audio_in_work_.insert(placed.audio_id).second) {
        ++counts_.known_count;
        progress_.add(no_item, shown(""));
        return std::nullopt;
    }
    in_work_[item_count_++] = {placed.track_id, placed.audio_id, stamp};
    return PoolItem{path, {}, {}};
}

void Scan::fail(std::int64_t track_id, const std::filesystem::path& path, const Error& error) {
    const std::lock_guard lock(mutex_);
    store_.fail(track_id, without_path(path, error), is_lasting(error));
    if (error.code() == ErrorCode::not_audio && has_video_ending(path)) {
        ++counts_.film_count;
        return progress_.add_passed_over(no_item);
    }
    ++counts_.failed_count;
    progress_.add(no_item, shown(error.what()));
    report(error.what());
}

void Scan::take(const PoolResult& result) {
    const Fingerprint fingerprint = fingerprints_.take(result.index);
    const std::lock_guard lock(mutex_);
    const auto found = in_work_.find(result.index);
    const InWork work = found->second;
    in_work_.erase(found);
    keep(work, result, fingerprint);
    audio_in_work_.erase(work.audio_id);
    progress_.add(result.index, shown(result.error ? result.error->what() : "", result.clip));
}

void Scan::keep(const InWork& work, const PoolResult& result, const Fingerprint& fingerprint) {
    if (result.error) {
        ++counts_.failed_count;
        const std::string reason = without_path(result.path, *result.error);
        is_lasting(*result.error) ? store_.keep_failure(work.audio_id, reason)
                                  : store_.fail(work.track_id, reason, false);
        return report(result.error->what());
    }
    if (catalogue::stamp_of(result.path) != work.stamp) {
        ++counts_.failed_count;
        const std::string reason = "changed while it was read; the next scan reads it again";
        store_.fail(work.track_id, reason, false);
        return report(result.path.string() + ": " + reason);
    }
    ++counts_.analyzed_count;
    if (!result.clip.warning.empty()) ++counts_.warning_count;
    counts_.audio_s += result.clip.duration_s;
    store_.keep(work.audio_id, result.clip, fingerprint);
}

void Scan::report(const std::string& message) {
    const BatchProgress::Pause pause(progress_);
    print_message(message);
}

}  // namespace earmark
