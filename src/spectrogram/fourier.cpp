#include "spectrogram/fourier.h"

#include <cassert>
#include <cmath>
#include <new>
#include <stdexcept>

extern "C" {
#include <libavutil/mem.h>
#include <libavutil/tx.h>
}

#include "base/vector_clones.h"

namespace earmark {
namespace {

struct FreeBuffer {
    void operator()(float* buffer) const noexcept { av_free(buffer); }
};
using Buffer = std::unique_ptr<float, FreeBuffer>;

struct FreeTransform {
    void operator()(AVTXContext* context) const noexcept { av_tx_uninit(&context); }
};

// av_malloc aligns as libavutil's vector code wants it; std::vector would not.
Buffer make_buffer(std::size_t count) {
    Buffer buffer(static_cast<float*>(av_calloc(count, sizeof(float))));
    if (!buffer) throw std::bad_alloc();
    return buffer;
}

EARMARK_VECTOR_CLONES
void compute_magnitudes(const float* parts, std::span<float> magnitudes) noexcept {
    for (std::size_t bin = 0; bin < magnitudes.size(); ++bin) {
        const float real = parts[2 * bin];
        const float imaginary = parts[2 * bin + 1];
        magnitudes[bin] = std::sqrt(real * real + imaginary * imaginary);
    }
}

}  // namespace

class FourierMagnitudes::Implementation {
public:
    explicit Implementation(std::size_t length)
        : length_(length), input_(make_buffer(length)), spectrum_(make_buffer(length + 2)) {
        AVTXContext* context = nullptr;
        const float scale = 1.0F;
        const int result = av_tx_init(&context, &transform_, AV_TX_FLOAT_RDFT, 0, static_cast<int>(length), &scale, 0);
        if (result < 0) throw std::runtime_error("libavutil has no real Fourier transform of this length");
        context_.reset(context);
    }

    std::size_t bin_count() const noexcept { return length_ / 2 + 1; }
    std::span<float> input() noexcept { return {input_.get(), length_}; }

    void compute(std::span<float> magnitudes) {
        transform_(context_.get(), spectrum_.get(), input_.get(), sizeof(float));
        compute_magnitudes(spectrum_.get(), magnitudes);
    }

private:
    std::size_t length_;
    Buffer input_;
    Buffer spectrum_;
    std::unique_ptr<AVTXContext, FreeTransform> context_;
    av_tx_fn transform_ = nullptr;
};

FourierMagnitudes::FourierMagnitudes(std::size_t length) : implementation_(std::make_unique<Implementation>(length)) {}
FourierMagnitudes::FourierMagnitudes(FourierMagnitudes&&) noexcept = default;
FourierMagnitudes& FourierMagnitudes::operator=(FourierMagnitudes&&) noexcept = default;
FourierMagnitudes::~FourierMagnitudes() = default;

std::size_t FourierMagnitudes::bin_count() const noexcept { return implementation_->bin_count(); }

std::span<float> FourierMagnitudes::input() noexcept { return implementation_->input(); }

void FourierMagnitudes::compute(std::span<float> magnitudes) {
    assert(magnitudes.size() <= bin_count());
    implementation_->compute(magnitudes);
}

}  // namespace earmark
