#include "earmark/file_tagger.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <utility>

#include "channels/channel_mix.h"
#include "earmark/decode.h"
#include "earmark/error.h"
#include "earmark/spectrogram.h"

namespace earmark {
namespace {

std::string seconds(double duration_s) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", duration_s);
    return text;
}

void add_warning(ClipResult& result, const std::string& warning) {
    if (warning.empty()) return;
    result.warning = result.warning.empty() ? warning : warning + "; " + result.warning;
}

AudioReaderOptions reader_options(const Tagger& tagger, const ReadOptions& options) {
    const ChannelRule channels = tagger.options().plain ? ChannelRule::all : ChannelRule::sounding;
    return {options.stop, options.time_limit_s, channels};
}

bool has_sound(ClipStatus status) { return status != ClipStatus::silent && status != ClipStatus::too_short; }

// Not worse than the status of channels that cancel each other.
bool is_ok(ClipStatus status) { return status == ClipStatus::ok || status == ClipStatus::known; }

// One file on its way through a tagger.
class Reading {
public:
    Reading(Tagger& tagger, AudioReader reader, const std::string& name, const ReadOptions& options)
        : tagger_(tagger), reader_(std::move(reader)), name_(name), options_(options) {
        reader_.set_sample_rate_hz(Spectrogram::analysis_rate_hz(tagger.model().spectrogram, reader_.sample_rate_hz()));
    }

    ClipResult run() {
        const std::size_t most_samples = sample_limit();
        tagger_.start({reader_.sample_rate_hz(), 1});
        check_stop();
        const bool is_whole = read_portions(reader_, [&](std::span<const float> portion) {
            const std::size_t left = most_samples - sample_count_;
            if (left > 0) add(portion.first(std::min(portion.size(), left)));
            return portion.size() <= left;
        });
        ClipResult result = finish_tagger();
        if (has_sound(result.status) && reader_.channels_cancel()) {
            if (is_ok(result.status)) result.status = ClipStatus::channels_cancel;
            add_warning(result, channels_cancel_warning);
        }
        add_warning(result, is_whole ? reader_.warning() : "only the first " + seconds(done_s()) + " were used");
        add_warning(result, reader_.track());
        return result;
    }

private:
    ClipResult finish_tagger() {
        try {
            return tagger_.finish();
        } catch (const Error& error) {
            throw Error(error.code(), name_ + ": " + error.what());
        }
    }

    std::size_t sample_limit() const {
        if (!options_.max_duration_s) return std::numeric_limits<std::size_t>::max();
        const double most_s = *options_.max_duration_s;
        if (!(most_s > 0.0))
            throw Error(ErrorCode::usage,
                        name_ + ": max_duration_s is " + std::to_string(most_s) + ": expected more than 0");
        constexpr double beyond_any_file = 1e15;
        return static_cast<std::size_t>(
            std::clamp(std::round(most_s * reader_.sample_rate_hz()), 1.0, beyond_any_file));
    }

    void check_stop() const {
        if (options_.stop.stop_requested()) throw Error(ErrorCode::canceled, name_ + ": reading it was canceled");
    }

    void add(std::span<const float> portion) {
        if (options_.on_samples) options_.on_samples(portion, reader_.sample_rate_hz());
        tagger_.add(portion);
        sample_count_ += portion.size();
        if (options_.on_progress) options_.on_progress(done_s(), reader_.declared_duration_s());
        check_stop();
    }

    double done_s() const { return static_cast<double>(sample_count_) / reader_.sample_rate_hz(); }

    Tagger& tagger_;
    AudioReader reader_;
    const std::string& name_;
    const ReadOptions& options_;
    std::size_t sample_count_ = 0;
};

}  // namespace

ClipResult tag_file(Tagger& tagger, const std::filesystem::path& path, const ReadOptions& options) {
    return Reading(tagger, AudioReader(path, reader_options(tagger, options)), path.string(), options).run();
}

ClipResult tag_bytes(Tagger& tagger, std::span<const std::byte> bytes, const std::string& name,
                     const ReadOptions& options) {
    return Reading(tagger, AudioReader(bytes, name, reader_options(tagger, options)), name, options).run();
}

}  // namespace earmark
