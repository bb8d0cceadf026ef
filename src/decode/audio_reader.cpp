#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "decode/byte_source.h"
#include "decode/decoder.h"
#include "earmark/decode.h"
#include "earmark/error.h"
#include "resample/resampler.h"

extern "C" {
#include <libavutil/log.h>
#include <libavutil/mem.h>
}

namespace earmark {
namespace {

constexpr int usual_rate_hz = 44100;

}  // namespace

class AudioReader::Implementation {
public:
    Implementation(std::unique_ptr<decode::ByteSource> source, std::string name, int sample_rate_hz)
        : name_(std::move(name)),
          sample_rate_hz_(sample_rate_hz),
          decoder_(decode::make_decoder(std::move(source), name_)) {
        assert(sample_rate_hz > 0);
    }

    Implementation(std::unique_ptr<decode::ByteSource> source, std::string name)
        : name_(std::move(name)), decoder_(decode::make_decoder(std::move(source), name_)) {
        // Some formats have it in the first frame only.
        sample_rate_hz_ = decoder_->declared_rate_hz() > 0 ? decoder_->declared_rate_hz() : usual_rate_hz;
    }

    int sample_rate_hz() const noexcept { return sample_rate_hz_; }
    std::optional<double> declared_duration_s() const noexcept { return decoder_->declared_duration_s(); }
    void set_sample_rate_hz(int sample_rate_hz) noexcept { sample_rate_hz_ = sample_rate_hz; }

    std::size_t read(std::span<float> samples) {
        std::size_t count = 0;
        while (count < samples.size() && !ended_) count += read_some(samples.subspan(count));
        sample_seen_ = sample_seen_ || count > 0;
        if (ended_) check_yield();
        return count;
    }

    const std::string& warning() const noexcept { return warning_; }

private:
    /// One step; may write nothing although there is more.
    std::size_t read_some(std::span<float> output) {
        if (block_.samples.empty() && !exhausted_) {
            block_ = decoder_->next();
            exhausted_ = block_.samples.empty();
        }
        if (resampler_ && (exhausted_ || block_.sample_rate_hz != resampler_->from_hz())) return finish_rate(output);
        if (exhausted_) return finish();
        if (!resampler_) start_rate();
        const auto progress = resampler_->process(block_.samples, output);
        block_.samples = block_.samples.subspan(progress.consumed_samples);
        return progress.produced_samples;
    }

    void start_rate() {
        try {
            resampler_.emplace(block_.sample_rate_hz, sample_rate_hz_);
        } catch (const std::runtime_error&) {
            throw Error(ErrorCode::damaged_audio, name_ + ": its sample rate of " +
                                                      std::to_string(block_.sample_rate_hz) +
                                                      " Hz cannot be changed to " + std::to_string(sample_rate_hz_));
        }
    }

    /// The file goes on at another rate, or ends: what is still inside the resampler comes first.
    std::size_t finish_rate(std::span<float> output) {
        const std::size_t count = resampler_->flush(output);
        if (count < output.size()) resampler_.reset();
        return count;
    }

    std::size_t finish() {
        ended_ = true;
        warning_ = decoder_->warning();
        return 0;
    }

    void check_yield() const {
        if (!sample_seen_) {
            const std::string reason = warning_.empty() ? "" : " (" + warning_ + ")";
            throw Error(ErrorCode::damaged_audio, name_ + ": none of its audio can be decoded" + reason);
        }
        const std::string shortfall = decoder_->shortfall();
        if (!shortfall.empty()) throw Error(ErrorCode::damaged_audio, name_ + ": " + shortfall);
    }

    std::string name_;
    int sample_rate_hz_ = 0;
    std::unique_ptr<decode::Decoder> decoder_;
    std::optional<Resampler> resampler_;  ///< while samples of one rate come
    decode::Block block_;                 ///< decoded and not yet resampled
    bool exhausted_ = false;              ///< the decoder has nothing more
    bool ended_ = false;                  ///< and neither has the resampler
    bool sample_seen_ = false;
    std::string warning_;
};

AudioReader::AudioReader(const std::filesystem::path& path, int sample_rate_hz)
    : implementation_(std::make_unique<Implementation>(decode::open_file(path), path.string(), sample_rate_hz)) {}

AudioReader::AudioReader(std::span<const std::byte> bytes, const std::string& name, int sample_rate_hz)
    : implementation_(std::make_unique<Implementation>(decode::open_memory(bytes), name, sample_rate_hz)) {}

AudioReader::AudioReader(const std::filesystem::path& path)
    : implementation_(std::make_unique<Implementation>(decode::open_file(path), path.string())) {}

AudioReader::AudioReader(std::span<const std::byte> bytes, const std::string& name)
    : implementation_(std::make_unique<Implementation>(decode::open_memory(bytes), name)) {}

AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

int AudioReader::sample_rate_hz() const noexcept { return implementation_->sample_rate_hz(); }

std::optional<double> AudioReader::declared_duration_s() const noexcept {
    return implementation_->declared_duration_s();
}

void AudioReader::set_sample_rate_hz(int sample_rate_hz) noexcept {
    assert(sample_rate_hz > 0);
    implementation_->set_sample_rate_hz(sample_rate_hz);
}

std::size_t AudioReader::read(std::span<float> samples) { return implementation_->read(samples); }

const std::string& AudioReader::warning() const noexcept { return implementation_->warning(); }

bool read_portions(AudioReader& reader, const std::function<bool(std::span<const float> samples)>& visit) {
    constexpr std::size_t portion_samples = 1 << 14;
    std::vector<float> portion(portion_samples);
    while (const std::size_t count = reader.read(portion)) {
        if (!visit(std::span(portion).first(count))) return false;
    }
    return true;
}

DecodedAudio decode_file(const std::filesystem::path& path, int sample_rate_hz) {
    AudioReader reader(path, sample_rate_hz);
    DecodedAudio decoded;
    decoded.audio.sample_rate_hz = sample_rate_hz;
    std::vector<float>& samples = decoded.audio.samples;
    read_portions(reader, [&](std::span<const float> portion) {
        samples.insert(samples.end(), portion.begin(), portion.end());
        return true;
    });
    decoded.warning = reader.warning();
    return decoded;
}

void silence_ffmpeg_messages() { av_log_set_level(AV_LOG_QUIET); }

void limit_ffmpeg_blocks(std::size_t most_bytes) { av_max_alloc(most_bytes); }

}  // namespace earmark
