#include "decode/read_guard.h"

#include <cerrno>
#include <ctime>
#include <utility>

namespace earmark::decode {
namespace {

// Looking costs as much as decoding some samples.
constexpr int calls_between_looks = 64;

double thread_time_s() noexcept {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    constexpr double seconds_per_nanosecond = 1e-9;
    return static_cast<double>(time.tv_sec) + seconds_per_nanosecond * static_cast<double>(time.tv_nsec);
}

class GuardedSource final : public ByteSource {
public:
    GuardedSource(std::unique_ptr<ByteSource> source, ReadGuard& guard) : source_(std::move(source)), guard_(guard) {}

    std::ptrdiff_t read(std::span<std::byte> buffer) noexcept override {
        return guard_.must_end_now() ? -ECANCELED : source_->read(buffer);
    }
    bool seek(std::int64_t offset_bytes) noexcept override { return source_->seek(offset_bytes); }
    std::optional<std::int64_t> size_bytes() const noexcept override { return source_->size_bytes(); }

private:
    std::unique_ptr<ByteSource> source_;
    ReadGuard& guard_;
};

}  // namespace

ReadGuard::ReadGuard(std::stop_token stop, std::optional<double> time_limit_s)
    : stop_(std::move(stop)), time_limit_s_(time_limit_s) {}

ReadGuard::Work::Work(ReadGuard& guard) : guard_(guard) { guard_.work_began_s_ = thread_time_s(); }

ReadGuard::Work::~Work() { guard_.spent_before_s_ = guard_.spent_s(); }

double ReadGuard::spent_s() const noexcept { return spent_before_s_ + thread_time_s() - work_began_s_; }

bool ReadGuard::must_end() noexcept {
    if (stop_.stop_requested() || is_time_used_up_) return true;
    if (!time_limit_s_ || calls_until_look_-- > 0) return false;
    calls_until_look_ = calls_between_looks;
    is_time_used_up_ = spent_s() > *time_limit_s_ + audio_s_;
    return is_time_used_up_;
}

bool ReadGuard::must_end_now() noexcept {
    calls_until_look_ = 0;
    return must_end();
}

std::unique_ptr<ByteSource> guarded(std::unique_ptr<ByteSource> source, ReadGuard& guard) {
    return std::make_unique<GuardedSource>(std::move(source), guard);
}

}  // namespace earmark::decode
