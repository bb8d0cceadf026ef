// Sources that only the decoder's inside can be given: endless ones, and ones that fail.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <limits>
#include <memory>
#include <thread>

#include "decode/ffmpeg_decoder.h"
#include "tests/decode/test_support.h"

namespace earmark::test {
namespace {

/// A head, then zeros up to a size; reading fails at a position.
class MadeUpSource final : public decode::ByteSource {
public:
    MadeUpSource(Bytes head, std::int64_t size_bytes,
                 std::int64_t fails_at_bytes = std::numeric_limits<std::int64_t>::max())
        : head_(std::move(head)), size_bytes_(size_bytes), fails_at_bytes_(fails_at_bytes) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        if (position_ >= fails_at_bytes_) return -EIO;
        const std::int64_t end = std::min(size_bytes_, fails_at_bytes_);
        const auto count = static_cast<std::size_t>(
            std::clamp<std::int64_t>(end - position_, 0, static_cast<std::int64_t>(buffer.size())));
        for (std::size_t i = 0; i < count; ++i, ++position_) {
            const bool in_head = position_ < static_cast<std::int64_t>(head_.size());
            buffer[i] = in_head ? head_[static_cast<std::size_t>(position_)] : std::byte{0};
        }
        return static_cast<std::ptrdiff_t>(count);
    }

    bool seek(std::int64_t offset_bytes) noexcept override {
        position_ = offset_bytes;
        return true;
    }

    std::optional<std::int64_t> size_bytes() const noexcept override { return size_bytes_; }

private:
    Bytes head_;
    std::int64_t size_bytes_;
    std::int64_t fails_at_bytes_;
    std::int64_t position_ = 0;
};

std::size_t count_samples(decode::FfmpegDecoder& decoder) {
    std::size_t count = 0;
    for (decode::Block block = decoder.next(); !block.samples.empty(); block = decoder.next()) {
        count += block.samples.size();
    }
    return count;
}

long peak_kilobytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

TEST(Streaming, of_a_failing_disk_keeps_what_was_read_and_warns) {
    const Bytes wav = wav_file(bytes_of(sine(440, 22050, 2.0)));
    const auto size_bytes = static_cast<std::int64_t>(wav.size());
    decode::FfmpegDecoder decoder(std::make_unique<MadeUpSource>(wav, size_bytes, 60000), "a.wav");
    EXPECT_GT(count_samples(decoder), 10000U);
    EXPECT_THAT(decoder.warning(), testing::HasSubstr("Input/output error"));
}

TEST(Streaming, of_a_disk_that_fails_at_once_is_an_error) {
    try {
        const decode::FfmpegDecoder decoder(std::make_unique<MadeUpSource>(Bytes{}, 1000, 0), "a.wav");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::unreadable);
        EXPECT_STREQ(error.what(), "a.wav: cannot be read: Input/output error");
    }
}

TEST(Streaming, of_hours_needs_no_more_memory_than_of_seconds) {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "the sanitizer keeps freed memory";
#endif
    constexpr std::size_t data_bytes = std::size_t{3} * 3600 * 22050 * 2;
    const Bytes head = wav_file({}, {}, data_bytes);
    const auto size_bytes = static_cast<std::int64_t>(head.size() + data_bytes);
    const long before = peak_kilobytes();
    decode::FfmpegDecoder decoder(std::make_unique<MadeUpSource>(head, size_bytes), "long.wav");
    EXPECT_EQ(count_samples(decoder), data_bytes / 2);
    EXPECT_LT(peak_kilobytes() - before, 16 * 1024);
}

TEST(Streaming, of_a_wav_beyond_4_gb_goes_on_behind_the_length_that_its_header_has_room_for) {
    constexpr std::int64_t rate_hz = 22050;
    constexpr std::int64_t data_bytes = (std::int64_t{1} << 32) + 20 * rate_hz * 2;
    const Bytes head = wav_file({}, {}, 20 * rate_hz * 2);
    decode::FfmpegDecoder decoder(
        std::make_unique<MadeUpSource>(head, static_cast<std::int64_t>(head.size()) + data_bytes), "long.wav");
    EXPECT_NEAR(decoder.declared_duration_s().value_or(0.0), static_cast<double>(data_bytes) / (2 * rate_hz), 0.01);
    std::int64_t count = 0;
    for (decode::Block block = decoder.next(); !block.samples.empty() && count < 40 * rate_hz; block = decoder.next()) {
        count += static_cast<std::int64_t>(block.samples.size());
    }
    EXPECT_GE(count, 40 * rate_hz);
}

/// What comes out of a pipe that these bytes are written into.
Outcome decode_through_pipe(const std::filesystem::path& pipe, const Bytes& bytes, int sample_rate_hz = 22050) {
    EXPECT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::thread writer([&] {
        std::ofstream(pipe, std::ios::binary)
            .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    });
    Outcome outcome = try_decode(pipe, sample_rate_hz);
    writer.join();
    return outcome;
}

TEST(Streaming, of_an_mp4_whose_index_is_at_its_end_is_an_error_that_names_the_pipe) {
    const TemporaryFile folder("anchor", {});
    const auto pipe = folder.path().parent_path() / "pipe.m4a";
    // A box of padding in front of the index, longer than what FFmpeg keeps of a pipe.
    Bytes bytes = read_bytes(golden_file("coded.m4a"));
    const Bytes name = bytes_of(std::vector{'m', 'o', 'o', 'v'});
    const auto index = std::search(bytes.begin(), bytes.end(), name.begin(), name.end()) - 4;
    Bytes padding = bytes_of(std::vector{'\0', '\4', '\0', '\0', 'f', 'r', 'e', 'e'});
    padding.resize(4 << 16);
    bytes.insert(index, padding.begin(), padding.end());
    ASSERT_EQ(try_decode(bytes, "song.m4a").message, "");
    const Outcome outcome = decode_through_pipe(pipe, bytes);
    EXPECT_EQ(outcome.code, ErrorCode::unreadable);
    EXPECT_EQ(outcome.message, pipe.string() + ": cannot be read from a pipe, because the index of the format " +
                                   "QuickTime / MOV comes after the audio; expected a file");
}

// libgme unpacked 3 GB of zeros; the source without a size has no place where it could be unpacked before.
TEST(Streaming, of_gzip_through_a_pipe_is_an_error) {
    const TemporaryFile folder("anchor", {});
    const auto pipe = folder.path().parent_path() / "pipe.vgz";
    Bytes bytes = bytes_of(std::vector{'\x1f', '\x8b', '\x08'});
    bytes.resize(4096);
    const Outcome outcome = decode_through_pipe(pipe, bytes);
    EXPECT_EQ(outcome.code, ErrorCode::unreadable);
    EXPECT_THAT(outcome.message, testing::HasSubstr("cannot be read from a pipe"));
}

/// coded.mp3, 0.25 s long, whose Info header states another number of frames.
Bytes mp3_that_declares(std::size_t frame_count) {
    Bytes bytes = read_bytes(golden_file("coded.mp3"));
    const auto letters = [](std::string_view name) { return bytes_of(std::vector<char>(name.begin(), name.end())); };
    Bytes name = letters("Info");
    auto at = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
    if (at == bytes.end()) {
        name = letters("Xing");
        at = std::search(bytes.begin(), bytes.end(), name.begin(), name.end());
    }
    for (int i = 0; i < 4; ++i) at[8 + i] = static_cast<std::byte>(frame_count >> (24 - 8 * i) & 0xff);
    return bytes;
}

// libavformat does not believe the length of an MP3 in a pipe.
TEST(Streaming, of_an_mp3_that_was_cut_short_ends_as_of_the_file) {
    const TemporaryFile folder("anchor", {});
    for (const std::size_t frame_count : {1000, 60}) {
        const Bytes bytes = mp3_that_declares(frame_count);
        const Outcome of_file = try_decode(bytes, "song.mp3");
        const auto pipe = folder.path().parent_path() / ("pipe" + std::to_string(frame_count) + ".mp3");
        const Outcome of_pipe = decode_through_pipe(pipe, bytes);
        EXPECT_EQ(of_pipe.failed, of_file.failed) << frame_count;
        EXPECT_EQ(of_pipe.code, of_file.code) << frame_count;
        EXPECT_EQ(of_pipe.decoded.warning, of_file.decoded.warning) << frame_count;
        EXPECT_THAT(of_pipe.failed ? of_pipe.message : of_pipe.decoded.warning,
                    testing::HasSubstr(frame_count == 1000 ? ": next to nothing of its audio can be decoded: "
                                                           : "ends early: "));
    }
}

TEST(Streaming, of_a_caf_of_pcm_passes_over_chunks_that_ffmpeg_does_not_know) {
    const TemporaryFile folder("anchor", {});
    const Bytes caf = read_bytes(golden_file("coded.caf"));
    const Outcome of_file = try_decode(caf, "song.caf");
    for (const std::string name : {"free", "info", "uuid"}) {
        Bytes chunk = bytes_of(std::vector<char>(name.begin(), name.end()));
        chunk.resize(12);
        chunk.back() = std::byte{100};
        chunk.resize(112, std::byte{0xff});
        Bytes bytes = caf;
        constexpr std::ptrdiff_t end_of_description = 8 + 12 + 32;
        bytes.insert(bytes.begin() + end_of_description, chunk.begin(), chunk.end());
        const Outcome of_pipe = decode_through_pipe(folder.path().parent_path() / name, bytes);
        EXPECT_EQ(of_pipe.message, "") << name;
        EXPECT_EQ(of_pipe.decoded.audio.samples, of_file.decoded.audio.samples) << name;
    }
}

TEST(Streaming, through_a_pipe_equals_the_file) {
    const TemporaryFile folder("anchor", {});
    const auto pipe = folder.path().parent_path() / "pipe.flac";
    const Bytes bytes = read_bytes(golden_file("coded.flac"));
    const Outcome outcome = decode_through_pipe(pipe, bytes, 16000);
    EXPECT_EQ(outcome.message, "");
    EXPECT_EQ(outcome.decoded.audio.samples, decode_file(golden_file("coded.flac"), 16000).audio.samples);
}

}  // namespace
}  // namespace earmark::test
