#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "earmark/export.h"
#include "earmark/tagger.h"

namespace earmark {

/// How a file is read.
struct EARMARK_EXPORT ReadOptions {
    /// Once it is requested, reading ends with Error (canceled), after less than a second of work, also while it waits
    /// for a pipe.
    std::stop_token stop{};

    /// Only this many seconds from the start of the file are used; more than 0. A file that is longer is no error:
    /// ClipResult::warning then reports that the rest was not used, and ClipResult::duration_s is the duration that was
    /// used.
    std::optional<double> max_duration_s{};

    /// AudioReaderOptions::time_limit_s: the processor time for reading the file, beyond the duration of its audio.
    std::optional<double> time_limit_s = 60.0;

    /// Called on the calling thread after each portion of audio (less than a second), with the seconds that are done
    /// and those that the file's header promises, where it does. What it throws ends the reading and is thrown on.
    std::function<void(double seconds_done, std::optional<double> seconds_declared)> on_progress{};

    /// Called on the calling thread with each portion of the audio before it is analyzed: mono, at `sample_rate_hz`,
    /// for example to draw a waveform in the same pass. What it throws ends the reading and is thrown on.
    std::function<void(std::span<const float> mono, int sample_rate_hz)> on_samples{};
};

/// Decodes and tags an audio file of any format that FFmpeg knows, in one pass and in memory that does not grow with
/// the file, without resampling where the tagger can do without. Damage that leaves something to tag is a warning
/// (AudioReader::warning), and so is which audio stream was read of a file that has several (AudioReader::track).
/// Throws Error with a message that starts with the path: not_found, unreadable, not_audio, damaged_audio, canceled,
/// usage (an option). Whatever it throws, the tagger may be used for the next file. Belongs to the thread of the
/// tagger, as the next.
EARMARK_EXPORT ClipResult tag_file(Tagger& tagger, const std::filesystem::path& path, const ReadOptions& options = {});

/// The same for a whole file that is in memory, such as an upload. `name` is used in messages instead of the path, and
/// its extension helps FFmpeg to guess the format.
EARMARK_EXPORT ClipResult tag_bytes(Tagger& tagger, std::span<const std::byte> bytes, const std::string& name,
                                    const ReadOptions& options = {});

}  // namespace earmark
