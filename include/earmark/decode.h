#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>

#include "earmark/audio.h"
#include "earmark/export.h"

namespace earmark {

/// How the channels of a file become one.
enum class ChannelRule : std::uint8_t {
    all,      ///< the mean over all of them
    sounding, /**< the mean over those that sound; where they cancel each other, half the difference of two, or one of
                 more (the rule of a Tagger): the same as `all` for most music. At most 47 s at 44.1 kHz are held back,
                 in 16 MiB, until that is decided. */
};

/// How a file is read, and what ends that before its end.
struct EARMARK_EXPORT AudioReaderOptions {
    /// Once it is requested, the constructor and read() throw Error (canceled), also while they wait for a pipe.
    std::stop_token stop{};

    /// Reading takes no more processor time (of its thread) than this and the duration of the audio that has come;
    /// then AudioReader::warning() reports that the rest was not read, or an Error (damaged_audio) that nothing was. A
    /// decoder needs a hundredth of the duration. Waiting for a pipe or a disk does not count. Without a value there
    /// is no limit. At least 0.
    std::optional<double> time_limit_s = 60.0;

    ChannelRule channels = ChannelRule::all;
};

/// Reads one audio stream of a file (see track), of any format that FFmpeg knows or MPEG audio of free format
/// (by libmpg123), as mono samples at one sample rate: channels are averaged with equal weights (ChannelRule), then
/// resampled by soxr at its high quality setting (SOXR_HQ) where the rates differ. Samples are nominally within [-1,
/// 1]; one that no sound has (not a finite number, or beyond 1e12) becomes 0. Memory is bounded, whatever the length,
/// except for the index of MP4 files: about 4 MB an hour. One reader belongs to one thread at a time; several readers
/// may run side by side.
class EARMARK_EXPORT AudioReader {
public:
    /// Opens a file. Throws Error: not_found, unreadable, not_audio (no format that FFmpeg knows, no audio stream, or
    /// one that is encrypted), damaged_audio. Messages start with the path. REQUIRES: a positive rate.
    AudioReader(const std::filesystem::path& path, int sample_rate_hz, const AudioReaderOptions& options = {});

    /// Opens a whole file that is in memory; `bytes` must outlive the reader. `name` is used in messages instead of
    /// the path, and its extension helps FFmpeg to guess the format. Throws Error, as above.
    AudioReader(std::span<const std::byte> bytes, const std::string& name, int sample_rate_hz,
                const AudioReaderOptions& options = {});

    /// The same two at the rate of the file's own header, until set_sample_rate_hz changes it.
    explicit AudioReader(const std::filesystem::path& path, const AudioReaderOptions& options = {});
    AudioReader(std::span<const std::byte> bytes, const std::string& name, const AudioReaderOptions& options = {});

    AudioReader(AudioReader&&) noexcept;
    AudioReader& operator=(AudioReader&&) noexcept;
    ~AudioReader();

    /// The sample rate of what read() returns. set_sample_rate_hz: REQUIRES a positive rate, and that nothing was read
    /// yet.
    int sample_rate_hz() const noexcept;
    void set_sample_rate_hz(int sample_rate_hz) noexcept;

    /// After the end: whether the channels cancel each other, so that they were not averaged.
    bool channels_cancel() const noexcept;

    /// How many seconds the audio has by the file's own header, which may be wrong; nothing where the header has none.
    std::optional<double> declared_duration_s() const noexcept;

    /// Which audio stream is read of a file that has several, as one line that does not name the file; else empty. It
    /// is the first one that the file marks as default, else the first one; those for people who do not see or hear
    /// come last, and so do those that FFmpeg cannot decode.
    std::string track() const;

    /// Fills `samples` from its start and returns how many were written: as many as fit, fewer only at the end of the
    /// audio, 0 after it. Packets that cannot be decoded are left out and lead to a warning. Throws Error damaged_audio
    /// when the sample rate cannot be resampled, and at the end of a file of which next to nothing was decoded: not a
    /// single sample; or less than a tenth of the length that the file declares, and that is less than 1 s (of a file
    /// that was cut short), or what less than a tenth of its packets hold (of one that cannot be decoded). Only the
    /// last counts where the file declares no length; one that was estimated from the bit rate is none.
    std::size_t read(std::span<float> samples);

    /// After the end: one line on what was wrong with the file although samples could be read (cut short, damaged
    /// packets), or empty. Does not name the file.
    const std::string& warning() const noexcept;

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// Reads what is left of the audio and calls `visit` with each portion, of at most 16,384 samples, until that returns
/// false. Returns whether the end was reached. Throws what AudioReader::read and `visit` throw. Belongs to the thread
/// of the reader.
EARMARK_EXPORT bool read_portions(AudioReader& reader,
                                  const std::function<bool(std::span<const float> samples)>& visit);

/// The whole of a file at once. `warning` is AudioReader::warning().
struct EARMARK_EXPORT DecodedAudio {
    Audio audio;
    std::string warning;
};

/// As AudioReader, to the end; throws what its constructor and read() throw. REQUIRES: a positive rate. Memory grows
/// with the file: 5 MB a minute at 22,050 Hz. Thread-safe.
EARMARK_EXPORT DecodedAudio decode_file(const std::filesystem::path& path, int sample_rate_hz);

/// FFmpeg prints its own messages to standard error through one setting for the whole process, which a library must
/// leave alone. A program that wants none of them calls this once, before other threads start.
EARMARK_EXPORT void silence_ffmpeg_messages();

/// FFmpeg takes no single block of memory that is larger, in the whole process: a file that asks for one cannot be
/// opened, or loses the packet. 128 MB are enough for an MP4 of 35 hours. A program that reads files of strangers calls
/// this once, before other threads start.
EARMARK_EXPORT void limit_ffmpeg_blocks(std::size_t most_bytes = std::size_t{128} << 20);

}  // namespace earmark
