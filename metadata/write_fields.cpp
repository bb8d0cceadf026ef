#include "metadata/write_fields.h"

#include <unistd.h>

#include <algorithm>

#include "earmark/error.h"
#include "earmark/file_contents.h"
#include "metadata/file_state.h"
#include "metadata/id3v2_conversion.h"
#include "metadata/layout.h"
#include "metadata/new_file.h"

namespace earmark::metadata {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& why) {
    throw Error(ErrorCode::unwritable, path.string() + ": " + why);
}

// Without links, so that a link stays one.
std::filesystem::path real_path(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error) throw Error(ErrorCode::not_found, path.string() + ": no such file");
    return real;
}

void check_writable(const std::filesystem::path& path, const FileState& state) {
    if ((state.mode & 0222U) == 0 || access(path.c_str(), W_OK) != 0) refuse(path, "is read-only");
}

bool has_planned_values(const FileFields& fields, const Edit& edit) {
    return std::ranges::all_of(edit.values, [&](const auto& wanted) {
        const auto found = fields.values.find(wanted.first);
        return wanted.second == (found == fields.values.end() ? Values{} : found->second);
    });
}

bool has_others_elsewhere(const FileFields& fields, const Edit& edit) {
    return std::ranges::any_of(
        edit.values, [&](const auto& wanted) { return has_others_elsewhere(fields, wanted.first, wanted.second); });
}

// The values as a reader of the new file gets them: some formats join several to one.
void check_values(const std::filesystem::path& path, const FileFields& fields, const Edit& edit) {
    if (!has_planned_values(fields, edit)) refuse(path, "would not have the planned values; nothing was written");
}

// Equal parts at the front of two files.
std::uint64_t common_start(const ByteSource& one, const ByteSource& other) {
    constexpr std::uint64_t portion_bytes = 1 << 18;
    const std::uint64_t size = std::min(one.size(), other.size());
    for (std::uint64_t at = 0; at < size; at += portion_bytes) {
        const std::string first = one.read_at_most(at, portion_bytes);
        const std::string second = other.read_at_most(at, portion_bytes);
        const auto end = std::ranges::mismatch(first, second).in1;
        if (end != first.end() || first.size() != second.size())
            return at + static_cast<std::uint64_t>(end - first.begin());
    }
    return size;
}

std::uint64_t common_end(const ByteSource& one, const ByteSource& other, std::uint64_t start) {
    constexpr std::uint64_t portion_bytes = 1 << 18;
    if (one.size() != other.size()) return 0;
    std::uint64_t end = one.size();
    while (end > start) {
        const std::uint64_t count = std::min(portion_bytes, end - start);
        const std::string first = one.read(end - count, count);
        const std::string second = other.read(end - count, count);
        const auto last = std::mismatch(first.rbegin(), first.rend(), second.rbegin()).first;
        end -= static_cast<std::uint64_t>(last - first.rbegin());
        if (last != first.rend()) break;
    }
    return one.size() - end;
}

// The way back that needs only bytes which writing in place does not touch.
Pieces way_back_in_place(const ByteSource& before, const ByteSource& after) {
    const std::uint64_t start = common_start(before, after);
    const std::uint64_t end = common_end(before, after, start);
    Pieces pieces;
    pieces.copy(0, start);
    const std::uint64_t changed = before.size() - start - end;
    constexpr std::uint64_t portion_bytes = 1 << 20;
    for (std::uint64_t done = 0; done < changed; done += portion_bytes)
        pieces.literal(before.read(start + done, std::min(portion_bytes, changed - done)));
    pieces.copy(before.size() - end, end);
    return pieces;
}

// One file on its way.
class Writing {
public:
    Writing(const PlannedFile& planned, const Plan& plan, const WriteOptions& options)
        : options_(options),
          edit_(planned.edit(plan)),
          path_(real_path(planned.path)),
          original_(path_),
          state_(state_of(original_)),
          before_(list_fields(original_, path_)) {
        if (has_planned_values(before_, edit_) && !has_others_elsewhere(before_, edit_)) {
            is_done_ = true;
            return;
        }
        if (state_.size_bytes != planned.size_bytes || state_.modified_ns != planned.modified_ns ||
            digest_of(before_) != planned.fields_digest)
            refuse(path_, "was changed since the plan was made; expected a new plan");
        if (!before_.reason_not_writable.empty()) refuse(path_, "cannot be written: " + before_.reason_not_writable);
        check_writable(path_, state_);
    }

    WriteResult write(JournalWriter& journal) {
        if (is_done_) return {WriteResult::State::already_done, 0};
        const bool is_in_place = options_.is_in_place && state_.link_count > 1;
        const Pieces edited = read_layout(original_, path_)->edited(edit_);
        NewFile file(original_, edited);
        const FileSource copy(file.path());
        compare(copy);
        JournalRecord record{path_,
                             state_.size_bytes,
                             state_.modified_ns,
                             digest_of(original_),
                             digest_of(copy),
                             is_in_place,
                             is_in_place ? way_back_in_place(original_, copy) : inverted(edited, original_)};
        // What was read is what the file had from the start of its reading on.
        if (state_of(original_) != state_)
            refuse(path_, "was changed meanwhile by another program; it is left as it is");
        journal.add({record, false, {}});
        const std::optional<std::int64_t> time = options_.keeps_time ? std::optional(state_.modified_ns) : std::nullopt;
        if (is_in_place) {
            file.write_over(state_, common_start(original_, copy), time);
            journal.add({std::nullopt, true, path_});
            return {WriteResult::State::written, 0};
        }
        if (time) file.set_modified_ns(*time);
        file.replace(state_);
        return {WriteResult::State::written, state_.link_count - 1};
    }

private:
    void compare(const FileSource& copy) const {
        const FileFields after = list_fields(copy, path_);
        const auto compared = edit_.converts_id3 ? first_difference_but_for_id3_version : first_difference;
        if (const auto difference = compared(before_, after, edit_.values))
            refuse(path_, "would change in another field, and is left as it is: " + *difference);
        check_values(path_, after, edit_);
        const bool has_equal_audio = digest_of(original_, before_.audio) == digest_of(copy, after.audio) &&
                                     audio_digest(path_) == audio_digest(copy.path());
        if (!has_equal_audio) refuse(path_, "would have other audio, and is left as it is");
    }

    const WriteOptions& options_;
    Edit edit_;
    std::filesystem::path path_;
    FileSource original_;
    FileState state_;
    FileFields before_;
    bool is_done_ = false;
};

[[noreturn]] void rethrow(const std::filesystem::path& path, const Damage& damage) {
    throw Error(ErrorCode::unreadable, path.string() + ": " + damage.what());
}

UndoState undo_file(const JournalRecord& record, bool may_be_torn, JournalWriter& journal) {
    const std::filesystem::path path = real_path(record.path);
    const FileSource now(path);
    const FileState state = state_of(now);
    const std::string digest = digest_of(now);
    if (digest == record.digest_before) return UndoState::already_done;
    if (digest != record.digest_after && !may_be_torn)
        refuse(path, "was changed since by another program; it is left as it is");
    check_writable(path, state);
    NewFile file(now, record.way_back);
    const FileSource restored(file.path());
    if (digest_of(restored) != record.digest_before) refuse(path, "would not be what it was; it is left as it is");
    if (!record.is_in_place) {
        file.set_modified_ns(record.modified_ns_before);
        file.replace(state);
        return UndoState::restored;
    }
    journal.add({std::nullopt, false, record.path});
    file.write_over(state, common_start(now, restored), record.modified_ns_before);
    journal.add({std::nullopt, true, record.path});
    return UndoState::restored;
}

}  // namespace

WriteResult write_fields(const PlannedFile& planned, const Plan& plan, JournalWriter& journal,
                         const WriteOptions& options) {
    try {
        return Writing(planned, plan, options).write(journal);
    } catch (const Damage& damage) {
        rethrow(planned.path, damage);
    }
}

UndoState undo(const JournalRecord& record, bool may_be_torn, JournalWriter& journal) {
    try {
        return undo_file(record, may_be_torn, journal);
    } catch (const Damage& damage) {
        rethrow(record.path, damage);
    }
}

}  // namespace earmark::metadata
