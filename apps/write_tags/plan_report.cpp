#include "apps/write_tags/plan_report.h"

#include <iostream>
#include <utility>

#include "apps/common/interrupt.h"
#include "apps/common/program.h"
#include "apps/common/visible_text.h"
#include "apps/write_tags/hard_link_note.h"
#include "base/audio_files.h"
#include "base/counted.h"
#include "base/write_file.h"
#include "metadata/file_state.h"
#include "metadata/text.h"

namespace earmark {
namespace {

std::string shown(const metadata::Values& values) {
    return values.empty() ? "(none)" : visible(metadata::joined(values, "; "));
}

// "Jazz -> Jazz" would look like no change: the value is then in one tag of the file, and missing in another.
std::string shown(const metadata::FieldChange& change) {
    return shown(change.before) + " -> " + shown(change.after) +
           (change.before == change.after ? " (in every tag of the file)" : "");
}

bool is_film_without_audio(const PoolResult& result) {
    return result.error && result.error->code() == ErrorCode::not_audio && has_video_ending(result.path);
}

}  // namespace

std::string plan_as_text(const metadata::PlannedFile& file, const std::vector<std::string>& notes) {
    std::string text = visible(file.path.string()) + "\n";
    for (const std::string& note : notes) text += "  note: " + note + "\n";
    for (const metadata::FieldChange& change : file.changes) {
        // Which values are Earmark's own is no news for people.
        if (change.field == metadata::TagField::earmark_tags || change.field == metadata::TagField::earmark_model)
            continue;
        text += "  " + std::string(field_name(change.field)) + ": " + shown(change) + "\n";
    }
    return text;
}

PlanReport::PlanReport(const Model& model, std::string identity, PlanRequest request, BatchProgress& progress)
    : model_(model), identity_(std::move(identity)), request_(std::move(request)), progress_(progress) {}

bool PlanReport::begin(std::size_t index, const Input& input) {
    const std::lock_guard lock(mutex_);
    std::optional<Candidate> found = candidate(input);
    if (!found) return false;
    candidates_.emplace(index, std::move(*found));
    return true;
}

void PlanReport::print(const std::vector<std::string>& messages) {
    if (messages.empty()) return;
    const BatchProgress::Pause pause(progress_);
    for (const std::string& message : messages) print_message(message);
}

void PlanReport::fail(const std::string& message) {
    print({message});
    const std::lock_guard lock(mutex_);
    status_ = ExitStatus::item_failed;
}

std::optional<PlanReport::Candidate> PlanReport::candidate(const Input& input) {
    const metadata::FileSource source(input.path);
    const metadata::FileState state = state_of(source);
    Candidate found{{}, list_fields(source, input.path), state.link_count - 1, input.is_found};
    if (!found.fields.reason_not_writable.empty()) {
        not_writable_.add(input.path, found.fields);
        return std::nullopt;
    }
    if (open_fields(found.fields, request_.choice.fields, request_.mode, request_.adds_to_comment).empty()) {
        ++unchanged_count_;
        return std::nullopt;
    }
    found.file = {std::filesystem::absolute(input.path).lexically_normal(),
                  state.size_bytes,
                  state.modified_ns,
                  digest_of(found.fields),
                  {}};
    return found;
}

void PlanReport::take(const PoolResult& result) {
    const std::lock_guard lock(mutex_);
    const auto found = candidates_.find(result.index);
    if (found != candidates_.end() && found->second.is_found && is_film_without_audio(result)) {
        candidates_.erase(found);
        return progress_.add_passed_over(result.index);
    }
    const BatchProgress::Pause pause(progress_);
    print_messages(result);
    progress_.add(result.index, {result.path,
                                 result.clip.duration_s,
                                 result.clip.status,
                                 {},
                                 result.clip.warning,
                                 result.error ? result.error->what() : ""});
    if (result.error || found == candidates_.end()) return;
    Candidate candidate = std::move(found->second);
    candidates_.erase(found);
    plan(std::move(candidate), result.clip);
}

void PlanReport::plan(Candidate candidate, const ClipResult& clip) {
    metadata::FieldValues values;
    if (has_tags(clip.status) && !clip.probabilities.empty())
        values = chosen_values(model_, clip.probabilities, request_.choice);
    candidate.file.changes =
        planned_changes(candidate.fields, values, identity_, request_.mode, request_.adds_to_comment);
    if (candidate.file.changes.empty()) {
        ++unchanged_count_;
        return;
    }
    const bool is_unsure = clip.status == ClipStatus::unsure;
    if (is_unsure && !request_.takes_unsure) {
        ++unsure_count_;
        return;
    }
    std::vector<std::string> notes;
    if (is_unsure) notes.emplace_back("unsure: unlike the music that the model learned from");
    if (candidate.other_names > 0) notes.push_back(hard_link_note(candidate.other_names));
    std::cout << plan_as_text(candidate.file, notes);
    request_.plan.files.push_back(std::move(candidate.file));
}

void PlanReport::print_messages(const PoolResult& result) {
    if (!result.clip.warning.empty()) print_message(result.path.string() + ": warning: " + result.clip.warning);
    if (!result.error) return;
    print_message(result.error->what());
    status_ = ExitStatus::item_failed;
}

std::string PlanReport::summary() const {
    std::string text = counted(request_.plan.files.size(), "file") + " would change, " +
                       std::to_string(unchanged_count_) + " would stay unchanged, " +
                       std::to_string(not_writable_.count()) + " cannot be written";
    if (unsure_count_ > 0)
        text += ", " + std::to_string(unsure_count_) + " left out because their tags are unsure (--unsure takes them)";
    return text;
}

std::string PlanReport::next_step(const PlanEnd& end) const {
    if (!request_.plan.files.empty())
        return "Nothing is written yet. To do it: earmark write-tags --apply " + visible(end.file) + "\n";
    if (interrupted()) return {};
    if (end.is_written_when_empty) return "There is nothing to do: the plan is empty.\n";
    const bool has_older = std::filesystem::exists(end.file);
    return "There is nothing to do: no plan is written." +
           (has_older ? " " + visible(end.file) + " is an older plan.\n" : "\n");
}

ExitStatus PlanReport::finish(const PlanEnd& end) {
    progress_.finish();
    for (const std::string& message : not_writable_.messages()) print_message(message);
    if (interrupted()) {
        print_message("stopped: the plan has only the files until here");
        status_ = ExitStatus::item_failed;
    }
    if (!request_.plan.files.empty() || end.is_written_when_empty) write_file(end.file, plan_to_text(request_.plan));
    std::cout << summary() << "\n" << next_step(end);
    flush_standard_output();
    return status_;
}

}  // namespace earmark
