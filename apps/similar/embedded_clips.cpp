#include "apps/similar/embedded_clips.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include "apps/common/inputs.h"
#include "apps/common/pool_item.h"
#include "apps/common/program.h"
#include "apps/tag/batch_progress.h"
#include "earmark/tagger_pool.h"

namespace earmark {
namespace {

bool has_sound(const ClipResult& clip) {
    return clip.status != ClipStatus::silent && clip.status != ClipStatus::too_short;
}

// Empty, or one line about a result.
std::string message_about(const PoolResult& result) {
    if (result.error) return result.error->what();
    if (!has_sound(result.clip)) {
        const std::string why = result.clip.status == ClipStatus::silent ? "silent" : "too short";
        return result.path.string() + ": warning: " + why + ": not compared";
    }
    return result.clip.warning.empty() ? "" : result.path.string() + ": warning: " + result.clip.warning;
}

TaggedFile counted_file(const PoolResult& result) {
    return {result.path, result.clip.duration_s, result.clip.status,
            {},          result.clip.warning,    result.error ? result.error->what() : ""};
}

}  // namespace

ClipEmbeddings embedded_clips(const std::shared_ptr<const Model>& model, const std::vector<std::string>& paths,
                              std::size_t worker_count, const std::stop_token& stop, ExitStatus& status) {
    ClipEmbeddings clips;
    Inputs inputs(paths, false);
    if (!inputs.find(stop)) return clips;
    BatchProgress progress([&inputs] { return inputs.count(); });
    TaggerPoolOptions pool;
    pool.worker_count = std::min(worker_count, std::max<std::size_t>(1, inputs.count().value_or(SIZE_MAX)));
    if (progress.is_shown()) pool.on_progress = std::bind_front(&BatchProgress::file_progress, &progress);
    const auto next = [&](const std::stop_token& ended) -> std::optional<PoolItem> {
        const std::optional<Input> input = inputs.next(ended);
        return input ? std::optional(pool_item(*input)) : std::nullopt;
    };
    const auto take = [&](PoolResult result) {
        if (const std::string message = message_about(result); !message.empty()) {
            const BatchProgress::Pause pause(progress);
            print_message(message);
        }
        progress.add(result.index, counted_file(result));
        if (result.error) status = ExitStatus::item_failed;
        if (result.error || !has_sound(result.clip)) return;
        clips.paths.push_back(result.path.string());
        clips.values.push_back(std::move(result.clip.embedding));
    };
    TaggerPool(model, pool).run(next, take, stop);
    progress.finish();
    for (const std::string& note : inputs.take_notes()) print_message(note);
    return clips;
}

}  // namespace earmark
