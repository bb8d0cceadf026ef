#include "training/run/audio_record.h"

#include <charconv>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/checksum.h"
#include "base/write_file.h"
#include "datasets/text/text_lines.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr char header[] = "path\tbytes\tchanged\tchecksum";
constexpr char unreadable[] = "-";

struct RecordedAudio {
    std::string path;          ///< as in the manifest
    std::uintmax_t bytes = 0;  ///< of the file
    std::int64_t changed = 0;  ///< in the units of the file system's clock
    std::optional<std::uint64_t> checksum;
};

RecordedAudio file_state(const std::string& path, const std::filesystem::path& file) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(file, error);
    const auto changed = std::filesystem::last_write_time(file, error).time_since_epoch().count();
    return {path, bytes, changed, std::nullopt};
}

std::uint64_t checksum_of(const std::filesystem::path& file, const LogMelCache& cache) {
    const auto frames = cache.frames(cache.key(file));
    return frames ? checksum({std::as_bytes(frames->values)}) : 0;
}

std::string line_of(const RecordedAudio& audio) {
    return audio.path + "\t" + std::to_string(audio.bytes) + "\t" + std::to_string(audio.changed) + "\t" +
           (audio.checksum ? checksum_text(*audio.checksum) : unreadable) + "\n";
}

template <typename Number>
Number number_of(const std::filesystem::path& record, const TextLine& line, std::string_view text, int base = 10) {
    Number number{};
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number, base);
    if (status == std::errc() && end == text.data() + text.size()) return number;
    throw line_error(record, line.number, "'" + std::string(text) + "': expected a number");
}

RecordedAudio audio_of(const std::filesystem::path& record, const TextLine& line) {
    const auto fields = split_text(line.text, '\t');
    if (fields.size() != 4) throw line_error(record, line.number, "expected path, bytes, changed and checksum");
    RecordedAudio audio{std::string(fields[0]), number_of<std::uintmax_t>(record, line, fields[1]),
                        number_of<std::int64_t>(record, line, fields[2]), std::nullopt};
    if (fields[3] != unreadable) audio.checksum = number_of<std::uint64_t>(record, line, fields[3], 16);
    return audio;
}

std::map<std::string, RecordedAudio> read_record(const std::filesystem::path& record) {
    const std::vector<TextLine> lines = read_text_lines(record);
    if (lines.empty() || lines.front().text != header)
        throw line_error(record, 1, "expected a header line 'path bytes changed checksum', TAB-separated");
    std::map<std::string, RecordedAudio> audio;
    for (auto line = lines.begin() + 1; line != lines.end(); ++line) {
        RecordedAudio recorded = audio_of(record, *line);
        audio[recorded.path] = recorded;
    }
    return audio;
}

/// Compares audio with a record. Frames are looked at only where a file is another one.
class Comparison {
public:
    explicit Comparison(const std::filesystem::path& record) : record_(record), recorded_(read_record(record)) {}

    void readable(const Clip& clip, const std::filesystem::path& file, const LogMelCache& cache) {
        const auto before = recorded_.find(clip.path.string());
        if (before == recorded_.end()) return add(clip.path, "is new");
        if (!before->second.checksum) return add(clip.path, "could not be read then");
        const RecordedAudio now = file_state(clip.path.string(), file);
        if (now.bytes == before->second.bytes && now.changed == before->second.changed) return;
        if (checksum_of(file, cache) != before->second.checksum) add(clip.path, "has changed");
    }

    void unreadable_now(const std::filesystem::path& clip) {
        const auto before = recorded_.find(clip.string());
        if (before == recorded_.end()) return add(clip, "is new");
        if (before->second.checksum) add(clip, "can no longer be read");
    }

    void require_same() const {
        constexpr std::size_t most_named = 3;
        if (changes_.empty()) return;
        throw Error(ErrorCode::usage, record_.string() + ": the audio is not that with which this training began: " +
                                          some_of(changes_, most_named) +
                                          "; expected the same audio, or another folder for --out");
    }

private:
    void add(const std::filesystem::path& clip, const std::string& change) {
        changes_.push_back(clip.string() + " " + change);
    }

    const std::filesystem::path& record_;
    std::map<std::string, RecordedAudio> recorded_;
    std::vector<std::string> changes_;
};

void write_record(const std::filesystem::path& record, const Dataset& readable,
                  const std::vector<ClipProblem>& problems, const LogMelCache& cache) {
    std::string text = std::string(header) + "\n";
    for (const Clip& clip : readable.clips) {
        const std::filesystem::path file = readable.audio_path(clip);
        RecordedAudio audio = file_state(clip.path.string(), file);
        audio.checksum = checksum_of(file, cache);
        text += line_of(audio);
    }
    for (const ClipProblem& problem : problems) text += line_of({problem.clip.string(), 0, 0, std::nullopt});
    write_file(record, text);
}

}  // namespace

void claim_audio(const std::filesystem::path& record, const Dataset& readable, const std::vector<ClipProblem>& problems,
                 const LogMelCache& cache) {
    if (!std::filesystem::exists(record)) return write_record(record, readable, problems, cache);
    Comparison comparison(record);
    for (const Clip& clip : readable.clips) comparison.readable(clip, readable.audio_path(clip), cache);
    for (const ClipProblem& problem : problems) comparison.unreadable_now(problem.clip);
    comparison.require_same();
}

}  // namespace earmark
