#include "apps/common/inputs.h"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/audio_files.h"
#include "earmark/error.h"

namespace earmark {

std::deque<Input> Inputs::inputs_in_folder(const std::filesystem::path& folder, const std::stop_token& stop) {
    const FolderWalk walk = walk_folder(folder, stop);
    std::deque<Input> found;
    for (const std::filesystem::path& file : walk.audio_files) found.push_back({file, "", true});
    for (const FolderWalk::Unreadable& part : walk.unreadable) found.push_back({part.folder, part.error, true});
    const std::string passed_over = walk.passed_over.line();
    if (found.empty()) {
        const std::string reason = passed_over.empty() ? "" : "; " + passed_over;
        return {{folder, folder.string() + ": no audio files in this folder" + reason, false}};
    }
    std::ranges::sort(found, {}, &Input::path);
    const std::lock_guard lock(notes_mutex_);
    if (!passed_over.empty()) notes_.push_back(folder.string() + ": " + passed_over);
    return found;
}

std::deque<Input> Inputs::inputs_of(const std::string& argument, const std::stop_token& stop) {
    std::error_code error;
    if (std::filesystem::is_directory(argument, error)) return inputs_in_folder(argument, stop);
    return {{argument, "", false}};
}

std::vector<std::string> Inputs::take_notes() {
    const std::lock_guard lock(notes_mutex_);
    return std::exchange(notes_, {});
}

Inputs::Inputs(const std::vector<std::string>& arguments, bool is_null_separated)
    : list_(STDIN_FILENO, is_null_separated) {
    for (const std::string& argument : arguments) {
        parts_.push_back({argument, argument == "-", {}});
        if (parts_.back().is_list) ++open_list_count_;
    }
}

bool Inputs::find(const std::stop_token& stop) {
    for (Part& part : parts_) {
        if (!part.is_list && !look_at(part.argument, part, stop)) return false;
    }
    was_found_ = true;
    return true;
}

bool Inputs::look_at(const std::string& argument, Part& part, const std::stop_token& stop) {
    try {
        part.inputs = inputs_of(argument, stop);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::canceled) return false;
        throw;
    }
    known_count_ += part.inputs.size();
    return true;
}

std::optional<Input> Inputs::next(const std::stop_token& stop) {
    while (!parts_.empty()) {
        Part& part = parts_.front();
        if (!part.inputs.empty()) {
            Input input = std::move(part.inputs.front());
            part.inputs.pop_front();
            return input;
        }
        const std::optional<std::string> named = part.is_list ? list_.next(stop) : std::nullopt;
        if (stop.stop_requested()) return std::nullopt;
        if (named) {
            if (!look_at(*named, part, stop)) return std::nullopt;
        } else {
            if (part.is_list) --open_list_count_;
            parts_.pop_front();
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> Inputs::count() const noexcept {
    if (!was_found_ || open_list_count_ > 0) return std::nullopt;
    return known_count_;
}

}  // namespace earmark
