#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "decode/byte_source.h"
#include "decode/decoder.h"
#include "decode/read_guard.h"
#include "decode/shortfall.h"
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
    Implementation(std::unique_ptr<decode::ByteSource> source, std::string name, const AudioReaderOptions& options)
        : name_(std::move(name)), guard_(options.stop, options.time_limit_s) {
        open(decode::guarded(std::move(source), guard_));
        decoder_->set_channel_rule(options.channels);
        // Some formats have it in the first frame only.
        sample_rate_hz_ = decoder_->declared_rate_hz() > 0 ? decoder_->declared_rate_hz() : usual_rate_hz;
    }

    int sample_rate_hz() const noexcept { return sample_rate_hz_; }
    std::optional<double> declared_duration_s() const noexcept { return decoder_->declared_duration_s(); }
    std::string track() const { return decoder_->track(); }
    void set_sample_rate_hz(int sample_rate_hz) noexcept { sample_rate_hz_ = sample_rate_hz; }

    bool channels_cancel() const noexcept { return decoder_->channels_cancel(); }

    std::size_t read(std::span<float> samples) {
        const decode::ReadGuard::Work work(guard_);
        std::size_t count = 0;
        while (count < samples.size() && !ended_) {
            const std::size_t more = read_some(samples.subspan(count));
            count += more;
            sample_count_ += more;
        }
        throw_if_stopped();
        if (ended_) check_yield();
        return count;
    }

    const std::string& warning() const noexcept { return warning_; }

private:
    void open(std::unique_ptr<decode::ByteSource> source) {
        const decode::ReadGuard::Work work(guard_);
        try {
            decoder_ = decode::make_decoder(std::move(source), name_);
        } catch (const Error&) {  // of a source that the guard has closed
            throw_if_stopped();
            if (guard_.is_time_used_up())
                throw Error(ErrorCode::damaged_audio, name_ + ": opening it " + time_used_up());
            throw;
        }
        throw_if_stopped();
    }

    void throw_if_stopped() const {
        if (guard_.is_stopped()) throw Error(ErrorCode::canceled, name_ + ": reading it was canceled");
    }

    std::string time_used_up() const {
        return "took more than " + decode::seconds(guard_.time_limit_s()) + " of processor time";
    }

    /// One step; may write nothing although there is more.
    std::size_t read_some(std::span<float> output) {
        if (block_.samples.empty() && !exhausted_) next_block();
        if (resampler_ && (exhausted_ || block_.sample_rate_hz != resampler_->from_hz())) return finish_rate(output);
        if (exhausted_) return finish();
        if (!resampler_) start_rate();
        const auto progress = resampler_->process(block_.samples, output);
        block_.samples = block_.samples.subspan(progress.consumed_samples);
        return progress.produced_samples;
    }

    void next_block() {
        if (!guard_.must_end()) block_ = decoder_->next();
        exhausted_ = block_.samples.empty();
        if (exhausted_) return;
        guard_.add_audio(static_cast<double>(block_.samples.size()) / block_.sample_rate_hz);
        if (!resampler_ || block_.sample_rate_hz == resampler_->from_hz() ||
            ++rate_change_count_ <= most_rate_changes())
            return;
        block_ = {};
        exhausted_ = true;
        end_reason_ = "its sample rate changes again and again, and no more is read";
    }

    /// A resampler takes up to a tenth of a second to make. Where the rate changes in music, songs begin.
    int most_rate_changes() const {
        constexpr int at_the_start = 20;
        return at_the_start + static_cast<int>(read_s());
    }

    double read_s() const { return static_cast<double>(sample_count_) / sample_rate_hz_; }

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
        if (guard_.is_time_used_up()) end_reason_ = "reading it " + time_used_up() + ", and no more is read";
        warning_ =
            end_reason_.empty() ? decoder_->warning() : "ends after " + decode::seconds(read_s()) + ": " + end_reason_;
        return 0;
    }

    void check_yield() const {
        if (sample_count_ == 0) {
            const std::string reason = warning_.empty() ? "" : " (" + warning_ + ")";
            throw Error(ErrorCode::damaged_audio, name_ + ": none of its audio can be decoded" + reason);
        }
        if (!end_reason_.empty()) return;
        const std::string shortfall = decoder_->shortfall();
        if (!shortfall.empty()) throw Error(ErrorCode::damaged_audio, name_ + ": " + shortfall);
    }

    std::string name_;
    decode::ReadGuard guard_;
    int sample_rate_hz_ = 0;
    std::unique_ptr<decode::Decoder> decoder_;
    std::optional<Resampler> resampler_;  ///< while samples of one rate come
    decode::Block block_;                 ///< decoded and not yet resampled
    bool exhausted_ = false;              ///< the decoder has nothing more
    bool ended_ = false;                  ///< and neither has the resampler
    std::size_t sample_count_ = 0;
    int rate_change_count_ = 0;
    std::string end_reason_;  ///< why reading ended before the file did, or empty
    std::string warning_;
};

AudioReader::AudioReader(const std::filesystem::path& path, int sample_rate_hz, const AudioReaderOptions& options)
    : AudioReader(path, options) {
    set_sample_rate_hz(sample_rate_hz);
}

AudioReader::AudioReader(std::span<const std::byte> bytes, const std::string& name, int sample_rate_hz,
                         const AudioReaderOptions& options)
    : AudioReader(bytes, name, options) {
    set_sample_rate_hz(sample_rate_hz);
}

AudioReader::AudioReader(const std::filesystem::path& path, const AudioReaderOptions& options)
    : implementation_(std::make_unique<Implementation>(decode::open_file(path, options.stop), path.string(), options)) {
}

AudioReader::AudioReader(std::span<const std::byte> bytes, const std::string& name, const AudioReaderOptions& options)
    : implementation_(std::make_unique<Implementation>(decode::open_memory(bytes), name, options)) {}

AudioReader::AudioReader(AudioReader&&) noexcept = default;
AudioReader& AudioReader::operator=(AudioReader&&) noexcept = default;
AudioReader::~AudioReader() = default;

int AudioReader::sample_rate_hz() const noexcept { return implementation_->sample_rate_hz(); }

std::optional<double> AudioReader::declared_duration_s() const noexcept {
    return implementation_->declared_duration_s();
}

std::string AudioReader::track() const { return implementation_->track(); }

void AudioReader::set_sample_rate_hz(int sample_rate_hz) noexcept {
    assert(sample_rate_hz > 0);
    implementation_->set_sample_rate_hz(sample_rate_hz);
}

bool AudioReader::channels_cancel() const noexcept { return implementation_->channels_cancel(); }

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
