#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "earmark/error.h"
#include "metadata/journal.h"
#include "metadata/journal_text.h"
#include "metadata/json_line.h"

namespace earmark::metadata {
namespace {

// Each whole line with its place, without holding more than one of them.
void for_each_line(const FileSource& source, const std::function<void(std::string_view, Range)>& visit) {
    constexpr std::uint64_t portion_bytes = 1 << 20;
    std::string line;
    std::uint64_t start = 0;
    for (std::uint64_t at = 0; at < source.size(); at += portion_bytes) {
        const std::string portion = source.read_at_most(at, portion_bytes);
        std::string_view rest = portion;
        for (std::size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            line += rest.substr(0, end);
            visit(line, {start, line.size()});
            start += line.size() + 1;
            line.clear();
            rest.remove_prefix(end + 1);
        }
        line += rest;
    }
}

void check_version(const nlohmann::json& header) {
    const std::uint64_t version = whole_number_of(header, journal_version_name);
    if (version != journal_version)
        throw Damage("is a journal of version " + std::to_string(version) + "; expected version 1, or a newer Earmark");
}

std::string at_line(const std::filesystem::path& path, std::size_t number, const std::string& what) {
    return path.string() + ": line " + std::to_string(number) + " " + what +
           "; expected a journal of 'earmark write-tags'";
}

[[noreturn]] void throw_at_first_line(const std::filesystem::path& path, const std::string& what) {
    throw Error(ErrorCode::usage, at_line(path, 1, what));
}

}  // namespace

JournalWriter::JournalWriter(const std::filesystem::path& path, const std::string& plan_digest)
    : JournalWriter(path, std::optional(plan_digest), O_RDWR | O_CREAT | O_CLOEXEC) {}

JournalWriter::JournalWriter(const std::filesystem::path& path)
    : JournalWriter(path, std::nullopt, O_RDWR | O_CLOEXEC) {}

JournalWriter::JournalWriter(const std::filesystem::path& path, const std::optional<std::string>& plan_digest,
                             int flags)
    : path_(path) {
    descriptor_ = open(path.c_str(), flags, 0666);
    if (descriptor_ < 0 && errno == ENOENT && !plan_digest)
        throw Error(ErrorCode::not_found, path.string() + ": no such file");
    if (descriptor_ < 0) fail(errno);
    try {
        go_on(plan_digest);
    } catch (const Damage& damage) {
        close(descriptor_);
        throw_at_first_line(path, damage.what());
    } catch (...) {
        close(descriptor_);
        throw;
    }
}

void JournalWriter::go_on(const std::optional<std::string>& plan_digest) {
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        throw Error(ErrorCode::usage, path_.string() + ": is in use by another 'earmark write-tags'");
    std::optional<nlohmann::json> header;
    const FileSource source(path_);
    for_each_line(source, [&](std::string_view line, const Range& range) {
        if (range.offset == 0) header = parse_guarded_line(line);
        size_ = range.offset + range.length + 1;
    });
    // What was killed while it wrote the first line began it as every journal begins.
    const std::string start = source.read_at_most(0, 2);
    if (!header && start != std::string("{\"").substr(0, start.size())) throw Damage("has no checksum");
    if (header) {
        check_version(*header);
        if (plan_digest && text_of(*header, "plan") != *plan_digest)
            throw Error(ErrorCode::usage,
                        path_.string() + ": was made for another plan; expected --journal with a new name");
    }
    if (ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) fail(errno);
    if (!header) write(guarded_line({{journal_version_name, journal_version}, {"plan", plan_digest.value_or("")}}));
}

JournalWriter::~JournalWriter() { close(descriptor_); }

void JournalWriter::add(const JournalLine& line) { write(journal_line_to_text(line)); }

// What is written in part is no line, and the next one is written over it.
void JournalWriter::write(std::string_view text) {
    std::uint64_t at = size_;
    for (std::string_view left = text; !left.empty();) {
        const ssize_t count = pwrite(descriptor_, left.data(), left.size(), static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) {
            const int error = errno;
            static_cast<void>(ftruncate(descriptor_, static_cast<off_t>(size_)));
            fail(error);
        }
        left.remove_prefix(static_cast<std::size_t>(count));
        at += static_cast<std::uint64_t>(count);
    }
    if (fdatasync(descriptor_) != 0) fail(errno);
    size_ = at;
}

void JournalWriter::fail(int error) const {
    throw JournalError(ErrorCode::unwritable, path_.string() + ": cannot be written: " + std::strerror(error));
}

Journal::Journal(const std::filesystem::path& path) : path_(path), source_(path) {
    std::size_t number = 0;
    std::map<std::filesystem::path, std::size_t> last_records;
    const auto take = [&](std::string_view text, const Range& range) {
        if (number == 1) return check_version(parse_guarded_line(text));
        const JournalLine line = journal_line_from_text(text);
        if (line.record) {
            last_records[line.record->path] = records_.size();
            records_.push_back({range, line.record->is_in_place});
        } else if (const auto record = last_records.find(line.path); record != last_records.end()) {
            records_[record->second].may_be_torn = !line.is_done;
        }
    };
    for_each_line(source_, [&](std::string_view text, const Range& range) {
        ++number;
        try {
            take(text, range);
        } catch (const Damage& damage) {
            if (number == 1) throw_at_first_line(path, damage.what());
            problems_.push_back(at_line(path, number, damage.what()));
        }
    });
    if (number == 0) throw_at_first_line(path, "is missing");
}

JournalRecord Journal::record(std::size_t index) const {
    const Range& range = records_[index].range;
    return journal_line_from_text(source_.read(range.offset, range.length)).record.value();
}

}  // namespace earmark::metadata
