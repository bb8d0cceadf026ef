#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "decode/byte_source.h"

namespace earmark::decode {

/// What ends the reading of a file before its end: a request to stop, or the processor time that it takes. For the
/// thread that reads.
class ReadGuard {
public:
    /// `time_limit_s`: AudioReaderOptions.
    ReadGuard(std::stop_token stop, std::optional<double> time_limit_s);

    /// While one lives, the processor time of this thread is that of reading.
    class Work {
    public:
        explicit Work(ReadGuard& guard);
        Work(const Work&) = delete;
        Work& operator=(const Work&) = delete;
        ~Work();

    private:
        ReadGuard& guard_;
    };

    /// So much more audio has come, which allows as much time.
    void add_audio(double duration_s) noexcept { audio_s_ += duration_s; }

    /// Asks both, the time only now and then.
    bool must_end() noexcept;

    /// Asks both: between two portions of a file, a demuxer may work for seconds.
    bool must_end_now() noexcept;

    bool is_stopped() const noexcept { return stop_.stop_requested(); }
    bool is_time_used_up() const noexcept { return is_time_used_up_; }
    double time_limit_s() const noexcept { return time_limit_s_.value_or(0.0); }

private:
    double spent_s() const noexcept;

    std::stop_token stop_;
    std::optional<double> time_limit_s_;
    double audio_s_ = 0.0;
    double spent_before_s_ = 0.0;
    double work_began_s_ = 0.0;
    int calls_until_look_ = 0;
    bool is_time_used_up_ = false;
};

/// The source, which fails with ECANCELED once the guard refuses. The guard must outlive it.
std::unique_ptr<ByteSource> guarded(std::unique_ptr<ByteSource> source, ReadGuard& guard);

}  // namespace earmark::decode
