#include "apps/embed/embed_report.h"

#include <string>

#include "apps/common/interrupt.h"
#include "apps/common/pool_item.h"
#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "base/audio_files.h"
#include "base/counted.h"

namespace earmark {
namespace {

bool is_film_without_audio(const PoolResult& result) {
    return result.error && result.error->code() == ErrorCode::not_audio && has_video_ending(result.path);
}

// What the progress line counts.
TaggedFile counted_file(const EmbeddedFile& file) {
    return {file.path, file.duration_s, file.status, {}, file.warning, file.error};
}

}  // namespace

EmbedReport::EmbedReport(EmbeddingWriter& writer, Inputs& inputs, BatchProgress& progress)
    : writer_(writer), inputs_(inputs), progress_(progress) {}

std::optional<PoolItem> EmbedReport::next(const std::stop_token& stop) {
    while (true) {
        const std::optional<Input> input = inputs_.next(stop);
        if (!input) return std::nullopt;
        const std::lock_guard lock(mutex_);
        if (input->error.empty() && writer_.has(input->path)) {
            ++present_count_;
            continue;
        }
        are_found_.push_back(input->is_found);
        return pool_item(*input);
    }
}

void EmbedReport::take(const PoolResult& result, const EmbeddedFile& file) {
    const std::lock_guard lock(mutex_);
    if (are_found_[result.index] && is_film_without_audio(result)) return progress_.add_passed_over(result.index);
    if (file.error.empty()) writer_.write(file);
    {
        const BatchProgress::Pause pause(progress_);
        for (const std::string& note : inputs_.take_notes()) print_message(note);
        if (!file.warning.empty()) print_message(file.path.string() + ": warning: " + file.warning);
        if (!file.error.empty()) print_message(file.error);
    }
    if (!file.error.empty()) status_ = ExitStatus::item_failed;
    progress_.add(result.index, counted_file(file));
}

ExitStatus EmbedReport::finish() {
    progress_.finish();
    for (const std::string& note : inputs_.take_notes()) print_message(note);
    writer_.finish();
    flush_standard_output();
    const BatchCounts counts = progress_.counts();
    if (present_count_ > 0) print_message(counted(present_count_, "file") + " passed over: already there");
    if (counts.file_count == 0U && !interrupted()) print_message("standard input: no paths were in it");
    if (interrupted() && counts.done_count() + present_count_ != counts.file_count) {
        print_message("stopped after " + counted(counts.done_count(), "file"));
        status_ = ExitStatus::item_failed;
    }
    return status_;
}

}  // namespace earmark
