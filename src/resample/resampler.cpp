#include "resample/resampler.h"

#include <soxr.h>

#include <algorithm>
#include <stdexcept>
#include <string>

namespace earmark {
namespace {

void check(soxr_error_t error) {
    if (error != nullptr) throw std::runtime_error(std::string("soxr: ") + error);
}

}  // namespace

void Resampler::Deleter::operator()(soxr* resampler) const noexcept { soxr_delete(resampler); }

Resampler::Resampler(int from_hz, int to_hz) : from_hz_(from_hz) {
    if (from_hz == to_hz) return;
    const soxr_io_spec_t samples = soxr_io_spec(SOXR_FLOAT32_I, SOXR_FLOAT32_I);
    const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_error_t error = nullptr;
    soxr_.reset(soxr_create(from_hz, to_hz, 1, &error, &samples, &quality, nullptr));
    check(error);
}

Resampler::Progress Resampler::process(std::span<const float> input, std::span<float> output) {
    if (!soxr_) {
        const std::size_t count = std::min(input.size(), output.size());
        std::copy_n(input.begin(), count, output.begin());
        return {count, count};
    }
    Progress progress{};
    check(soxr_process(soxr_.get(), input.data(), input.size(), &progress.consumed_samples, output.data(),
                       output.size(), &progress.produced_samples));
    return progress;
}

std::size_t Resampler::flush(std::span<float> output) {
    if (!soxr_) return 0;
    std::size_t produced_samples = 0;
    check(soxr_process(soxr_.get(), nullptr, 0, nullptr, output.data(), output.size(), &produced_samples));
    return produced_samples;
}

}  // namespace earmark
