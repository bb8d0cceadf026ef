#include "apps/tag/batch_report.h"

#include <unistd.h>

#include <utility>

#include "apps/common/interrupt.h"
#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "base/audio_files.h"
#include "base/counted.h"

namespace earmark {
namespace {

void print_stopped(const BatchCounts& counts) {
    if (counts.file_count.value_or(0) == 0)
        return print_message("stopped after " + counted(counts.done_count(), "file"));
    print_message("stopped: " + std::to_string(counts.done_count()) + " of " + counted(*counts.file_count, "file") +
                  (*counts.file_count == 1 ? " is done" : " are done"));
}

bool is_film_without_audio(const PoolResult& result) {
    return result.error && result.error->code() == ErrorCode::not_audio && has_video_ending(result.path);
}

}  // namespace

BatchReport::BatchReport(std::unique_ptr<ResultWriter> writer, const Model& model, const TagSelection& selection,
                         Inputs& inputs, BatchProgress& progress)
    : writer_(std::move(writer)),
      model_(model),
      selection_(selection),
      inputs_(inputs),
      progress_(progress),
      is_on_terminal_(describe_terminal(STDOUT_FILENO).is_terminal) {}

void BatchReport::take(const PoolResult& result, bool is_found) {
    if (is_found && is_film_without_audio(result)) return progress_.add_passed_over(result.index);
    const TaggedFile file = tagged_file(result, model_, selection_);
    const std::vector<std::string> notes = inputs_.take_notes();
    std::optional<BatchProgress::Pause> pause;
    if (is_on_terminal_ || !notes.empty() || !file.warning.empty() || !file.error.empty()) pause.emplace(progress_);
    for (const std::string& note : notes) print_message(note);
    writer_->write(file);
    if (is_on_terminal_ && progress_.is_shown()) writer_->end_line();
    flush_standard_output();
    print_messages(file);
    progress_.add(result.index, file);
}

void BatchReport::print_messages(const TaggedFile& file) {
    if (!file.warning.empty()) print_message(file.path.string() + ": warning: " + file.warning);
    if (file.error.empty()) return;
    print_message(file.error);
    status_ = ExitStatus::item_failed;
}

ExitStatus BatchReport::finish() {
    progress_.finish();
    for (const std::string& note : inputs_.take_notes()) print_message(note);
    writer_->finish();
    flush_standard_output();
    const BatchCounts counts = progress_.counts();
    const bool is_empty = counts.file_count == 0U;
    if (is_empty && !interrupted()) print_message("standard input: no paths were in it");
    if (counts.passed_over_count > 0)
        print_message("passed over " + counted(counts.passed_over_count, "video") + " without audio");
    if (interrupted() && (is_empty || counts.done_count() != counts.file_count)) {
        print_stopped(counts);
        status_ = ExitStatus::item_failed;
    }
    // The result of a single file is on the screen already.
    const bool is_seen = counts.done_count() == 0 || (is_on_terminal_ && counts.file_count == 1);
    if (progress_.is_shown() && !is_seen) print_message(summary(counts));
    return status_;
}

}  // namespace earmark
