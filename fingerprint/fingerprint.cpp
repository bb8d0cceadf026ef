#include "fingerprint/fingerprint.h"

#include <chromaprint.h>

#include <algorithm>
#include <cmath>
#include <new>

namespace earmark {

class Fingerprinter::Context {
public:
    Context() : context_(chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT)) {
        if (!context_) throw std::bad_alloc();
        start();
    }

    void feed(std::span<const float> samples) {
        integers_.resize(samples.size());
        std::ranges::transform(samples, integers_.begin(), [](float sample) {
            return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
        });
        require(chromaprint_feed(context_.get(), integers_.data(), static_cast<int>(integers_.size())));
    }

    Fingerprint finish() {
        require(chromaprint_finish(context_.get()));
        std::uint32_t* numbers = nullptr;
        int count = 0;
        require(chromaprint_get_raw_fingerprint(context_.get(), &numbers, &count));
        Fingerprint fingerprint(numbers, numbers + count);
        chromaprint_dealloc(numbers);
        start();
        return fingerprint;
    }

private:
    struct Free {
        void operator()(ChromaprintContext* context) const { chromaprint_free(context); }
    };

    // It fails only when there is no memory.
    static void require(int success) {
        if (success == 0) throw std::bad_alloc();
    }

    void start() { require(chromaprint_start(context_.get(), fingerprint_rate_hz, 1)); }

    std::unique_ptr<ChromaprintContext, Free> context_;
    std::vector<std::int16_t> integers_;
};

Fingerprinter::Fingerprinter() : context_(std::make_unique<Context>()) {}

Fingerprinter::~Fingerprinter() = default;

void Fingerprinter::add(std::span<const float> samples) { context_->feed(samples); }

Fingerprint Fingerprinter::finish() { return context_->finish(); }

}  // namespace earmark
