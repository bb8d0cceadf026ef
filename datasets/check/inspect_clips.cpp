#include "datasets/check/inspect_clips.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/side_by_side.h"

namespace earmark {

std::vector<std::optional<ClipInspection>> inspect_clips(const Dataset& dataset, std::size_t worker_count,
                                                         const CheckProgress& progress) {
    using Inspected = std::pair<std::size_t, ClipInspection>;
    const std::size_t clip_count = dataset.clips.size();
    std::vector<std::optional<ClipInspection>> results(clip_count);
    std::size_t done_count = 0;
    const auto make_worker = [&] {
        // The closure owns the fingerprinter; the analyzer does not see that it is moved out of here.
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
        return [&dataset, fingerprinter = std::make_unique<Fingerprinter>()](
                   std::size_t index, const std::stop_token& stop) -> std::optional<Inspected> {
            auto clip = inspect_clip(dataset.audio_path(dataset.clips[index]), *fingerprinter, stop);
            if (!clip) return std::nullopt;
            return Inspected(index, std::move(*clip));
        };
    };
    const auto take = [&](Inspected clip) {
        results[clip.first] = std::move(clip.second);
        ++done_count;
    };
    const SideBySideOptions options{
        .worker_count = std::clamp<std::size_t>(worker_count, 1, std::max<std::size_t>(clip_count, 1)),
        .in_order = false,
        .go_on = [&] { return progress(done_count, clip_count); }};
    work_side_by_side(options, indices_below(clip_count), make_worker, take);
    return results;
}

}  // namespace earmark
