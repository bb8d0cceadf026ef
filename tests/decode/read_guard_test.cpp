#include "decode/read_guard.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <string>
#include <thread>

#include "tests/decode/spent.h"
#include "tests/decode/test_support.h"
#include "tests/support/temporary_folder.h"

namespace earmark::test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

TEST(ReadGuard, lets_reading_go_on_for_as_long_as_its_audio_lasts) {
    decode::ReadGuard guard({}, 0.001);
    const decode::ReadGuard::Work work(guard);
    guard.add_audio(1e9);
    for (int i = 0; i < 10'000; ++i) ASSERT_FALSE(guard.must_end());
    EXPECT_FALSE(guard.is_time_used_up());
}

// However fast the machine is, the time is used up some day.
TEST(ReadGuard, ends_reading_when_its_processor_time_is_used_up) {
    decode::ReadGuard guard({}, 0.01);
    const decode::ReadGuard::Work work(guard);
    while (!guard.must_end()) {
    }
    EXPECT_TRUE(guard.is_time_used_up());
    EXPECT_TRUE(guard.must_end());
}

TEST(ReadGuard, closes_a_source_when_a_stop_is_requested) {
    std::stop_source stop;
    decode::ReadGuard guard(stop.get_token(), std::nullopt);
    const Bytes bytes(10);
    const auto source = decode::guarded(decode::open_memory(bytes), guard);
    std::array<std::byte, 4> read{};
    EXPECT_EQ(source->read(read), 4);
    stop.request_stop();
    EXPECT_EQ(source->read(read), -ECANCELED);
}

// Of a small header with many fields, FFmpeg asks for few portions and may work for seconds on each.
TEST(ReadGuard, closes_a_source_at_the_next_read_after_its_time_is_used_up) {
    decode::ReadGuard guard({}, 0.02);
    const decode::ReadGuard::Work work(guard);
    const Bytes bytes(10);
    const auto source = decode::guarded(decode::open_memory(bytes), guard);
    std::array<std::byte, 2> read{};
    EXPECT_EQ(source->read(read), 2);
    // Another guard shows when as much time has been used.
    decode::ReadGuard other({}, 0.04);
    const decode::ReadGuard::Work other_work(other);
    while (!other.must_end()) {
    }
    EXPECT_EQ(source->read(read), -ECANCELED);
}

Outcome read_with(const std::filesystem::path& path, const AudioReaderOptions& options) {
    Outcome outcome;
    try {
        AudioReader reader(path, 22050, options);
        read_portions(reader, [](auto) { return true; });
        outcome.decoded.warning = reader.warning();
    } catch (const Error& error) {
        outcome.failed = true;
        outcome.code = error.code();
        outcome.message = error.what();
    }
    return outcome;
}

TEST(ReadGuard, of_no_time_at_all_gives_an_error_that_names_the_limit) {
    const Outcome outcome = read_with(golden_file("coded.flac"), {.time_limit_s = 0.0});
    ASSERT_TRUE(outcome.failed);
    EXPECT_EQ(outcome.code, ErrorCode::damaged_audio);
    EXPECT_THAT(outcome.message, HasSubstr("coded.flac: opening it took more than"));
}

class Fifo : public testing::Test {
protected:
    Fifo() {
        if (::mkfifo(path().c_str(), 0600) != 0) throw std::runtime_error("no fifo");
    }
    std::filesystem::path path() const { return folder_.path() / "song.wav"; }

    /// Reads the fifo in a thread, and requests a stop while it is at it.
    Outcome stopped_while(const std::function<void()>& meanwhile) {
        std::stop_source stop;
        Outcome outcome;
        std::thread reader([&] { outcome = read_with(path(), {.stop = stop.get_token()}); });
        meanwhile();
        stop.request_stop();
        reader.join();
        return outcome;
    }

    TemporaryFolder folder_;
};

TEST_F(Fifo, that_nobody_writes_to_is_left_when_a_stop_is_requested) {
    const Outcome outcome = stopped_while([] {});
    ASSERT_TRUE(outcome.failed);
    EXPECT_EQ(outcome.code, ErrorCode::canceled);
    EXPECT_THAT(outcome.message, EndsWith("song.wav: reading it was canceled"));
}

TEST_F(Fifo, whose_writer_pauses_is_left_when_a_stop_is_requested) {
    int writer = -1;
    const Outcome outcome = stopped_while([&] {
        writer = ::open(path().c_str(), O_WRONLY);  // waits for the reader
        const Bytes start = read_bytes(golden_file("coded_s16.wav"));
        ASSERT_GT(::write(writer, start.data(), 1000), 0);
    });
    ::close(writer);
    ASSERT_TRUE(outcome.failed);
    EXPECT_EQ(outcome.code, ErrorCode::canceled);
}

TEST_F(Fifo, is_read_to_its_end) {
    std::thread writer([&] {
        const int file = ::open(path().c_str(), O_WRONLY);
        const Bytes bytes = read_bytes(golden_file("coded_s16.wav"));
        EXPECT_EQ(::write(file, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        ::close(file);
    });
    const Outcome outcome = read_with(path(), {});
    writer.join();
    EXPECT_FALSE(outcome.failed) << outcome.message;
    EXPECT_EQ(outcome.decoded.warning, "");
}

TEST(Resamplers, are_not_made_for_a_rate_that_changes_with_each_frame) {
    const AttackFile file("flac_rates", 1000);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    EXPECT_THAT(spent_on(file.path()).message, HasSubstr("sample rate changes again and again, and no more is read"));
}

TEST(Resamplers, are_made_for_some_changes_of_the_rate) {
    const AttackFile file("flac_rates", 15);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    EXPECT_EQ(spent_on(file.path()).message, "");
}

TEST(Module, that_lasts_for_days_is_played_for_an_hour) {
    const AttackFile file("slow_module", 127);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    const Spent spent = spent_on(file.path());
    if (spent.message.find("not audio") != std::string::npos) GTEST_SKIP() << "this FFmpeg plays no modules";
    EXPECT_EQ(spent.message, "ends after 3600.0 s: no more than an hour of a module is played");
    EXPECT_NEAR(spent.audio_s, 3600.0, 1.0);
}

TEST(SampleRate, of_100_hz_holds_no_music) {
    const AttackFile file("flac_100_hz", 10);
    if (file.path().empty()) GTEST_SKIP() << "python3 is missing";
    EXPECT_THAT(spent_on(file.path()).message, HasSubstr("none of its audio can be decoded"));
}

}  // namespace
}  // namespace earmark::test
