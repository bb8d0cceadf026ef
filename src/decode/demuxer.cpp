#include "decode/demuxer.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

#include "decode/audio_track.h"
#include "decode/edited_source.h"
#include "decode/mpeg_frame.h"
#include "decode/mpeg_start.h"
#include "decode/music_formats.h"
#include "decode/protection.h"
#include "decode/read_bytes.h"
#include "decode/trailing_tags.h"
#include "earmark/error.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {
namespace {

constexpr int greatest_probed_packets = 32;

// Of a header. MP4 has a list of all its packets there; covers and the like are hidden (prepared_source.h).
constexpr std::int64_t most_header_bytes = std::int64_t{256} << 20;

// Without a packet of music, where no film can be between. FFmpeg keeps what it looks through in memory.
constexpr std::int64_t most_junk_bytes = std::int64_t{32} << 20;

// A film with more streams of sound, pictures and texts than this was never seen.
constexpr int most_streams = 200;

// Players of modules and of game music take the file into memory as a whole.
constexpr std::int64_t most_module_bytes = std::int64_t{32} << 20;

// A kilobyte can ask for weeks. The longest modules last some 20 minutes.
constexpr double most_module_s = 3600.0;

// MP4 has a list of all its packets, which FFmpeg keeps twice while it applies edits: 40 MB for ten hours. From this
// size on (about an hour) a file is read without them, and up to 0.05 s of the encoder's silence stay at the start.
constexpr std::int64_t least_bytes_without_edits = std::int64_t{32} << 20;

/// Playlists, image sequences and the like name other files; only the one that was asked for may be opened.
int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

FfmpegPointer<AVFormatContext> make_format_context(AVIOContext* input) {
    auto format = own(avformat_alloc_context());
    format->pb = input;
    format->io_open = refuse_to_open;
    // For the demuxers that open network connections without io_open.
    format->protocol_whitelist = av_strdup("none");
    format->skip_estimate_duration_from_pts = 1;
    // Of streams whose codec is not certain: WAV may hold compressed audio under the name of whole numbers. The first
    // packets show it; FFmpeg looks at 5 MB.
    format->max_probe_packets = greatest_probed_packets;
    format->max_streams = most_streams;
    return format;
}

/// Programs for a synthesizer.
bool is_module(const AVInputFormat& format) {
    const std::string_view name = format.name;
    return name == "libgme" || name == "libopenmpt";
}

/// Formats that are lists of other files.
bool is_playlist(const AVInputFormat& format) {
    constexpr std::array<std::string_view, 5> names{"concat", "dash", "hls", "imf", "sdp"};
    return std::find(names.begin(), names.end(), format.name) != names.end();
}

/// Formats whose header may come after the audio.
bool has_index_behind(const AVInputFormat& format) {
    const std::string_view name = format.name;
    return name == "caf" || name.starts_with("mov,");
}

[[noreturn]] void throw_unreadable_from_pipe(const std::string& name, const AVInputFormat& format) {
    throw Error(ErrorCode::unreadable, name + ": cannot be read from a pipe, because the index of the format " +
                                           format.long_name + " comes after the audio; expected a file");
}

/// The extension alone helps to guess the format; more of a name could be taken for a pattern of names.
std::string name_hint(const std::string& name) { return "audio" + std::filesystem::path(name).extension().string(); }

bool is_attached_picture(const AVStream& stream) { return (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0; }

}  // namespace

Demuxer::Demuxer(std::unique_ptr<ByteSource> source, const std::string& name, EditLists edits)
    : input_(std::make_unique<InputStream>(measure(std::move(source)))) {
    input_->allow_bytes(most_header_bytes);
    open(name, edits);
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        AVStream* stream = format_->streams[i];
        stream->discard = stream == stream_ ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    read_first_packet(name);
}

/// Junk after the last chunk of a W64 would be an error to libavformat, and it believes lengths that are wrong. Of a
/// pipe it does not believe the length of an MP3.
std::unique_ptr<ByteSource> Demuxer::measure(std::unique_ptr<ByteSource> source) {
    if (!source->size_bytes()) {
        constexpr std::size_t info_header_bytes = 64;
        pipe_duration_s_ = duration_in_info_header(read_mpeg_start(source, info_header_bytes));
        return source;
    }
    size_ = read_container_size(*source);
    const std::int64_t w64_bytes = size_.is_w64 ? size_.whole_bytes.value_or(0) : 0;
    const std::int64_t present_bytes = *source->size_bytes();
    if (w64_bytes > 0 && w64_bytes < present_bytes) {
        // One that states less than half, with something behind, is wrong.
        const bool is_right = w64_bytes >= present_bytes / 2 || are_zeros(*source, w64_bytes);
        source->seek(0);
        return is_right ? end_at(std::move(source), w64_bytes) : std::move(source);
    }
    if (!size_.wrong_data_length) return source;
    Edit edit;
    edit.patches.push_back(size_.wrong_data_length->patch);
    return edited(std::move(source), std::move(edit));
}

std::int64_t Demuxer::missing_bytes() const noexcept {
    const std::int64_t present_bytes = avio_size(input_->context());
    if (!size_.whole_bytes || present_bytes < 0) return 0;
    return std::max<std::int64_t>(0, *size_.whole_bytes - present_bytes);
}

double Demuxer::missing_ratio() const noexcept {
    if (!size_.whole_bytes || has_steady_size()) return 0.0;
    return static_cast<double>(missing_bytes()) / static_cast<double>(*size_.whole_bytes);
}

/// Seconds and bytes are in proportion, so that the size is what declares the duration.
bool Demuxer::has_steady_size() const noexcept {
    return std::string_view(format_->iformat->name) == "wav" || av_get_bits_per_sample(stream_->codecpar->codec_id) > 0;
}

OggEnd Demuxer::ogg_end() const {
    const bool is_ogg = std::string_view(format_->iformat->name) == "ogg";
    return is_ogg ? find_ogg_end(*input_->context()) : OggEnd::unknown;
}

void Demuxer::open(const std::string& name, EditLists edits) {
    const std::string hint = name_hint(name);
    const AVInputFormat* known_format = nullptr;
    const int score = av_probe_input_buffer2(input_->context(), &known_format, hint.c_str(), nullptr, 0, 0);
    if (score < 0 || known_format == nullptr) throw_not_audio(name);

    check_format(*known_format, name);
    AVFormatContext* format = make_format_context(input_->context()).release();
    AVDictionary* options = nullptr;  // formats other than MP4 do not know these
    av_dict_set(&options, "ignore_chapters", "1", 0);
    if (edits == EditLists::ignored || avio_size(input_->context()) >= least_bytes_without_edits)
        av_dict_set(&options, "advanced_editlist", "0", 0);
    // Frees the context when it fails.
    const int status = avformat_open_input(&format, hint.c_str(), known_format, &options);
    av_dict_free(&options);
    if (status < 0) {
        // A low score rests on the extension alone, and the contents turned out to be something else.
        if (score <= AVPROBE_SCORE_RETRY || input_->read_error() != 0) throw_not_audio(name);
        if (avio_size(input_->context()) < 0 && has_index_behind(*known_format)) {
            throw_unreadable_from_pipe(name, *known_format);
        }
        throw Error(ErrorCode::damaged_audio,
                    name + ": damaged: the header cannot be read, of the format " + known_format->long_name);
    }
    format_.reset(format);
    select_stream(name, score);
}

void Demuxer::check_format(const AVInputFormat& format, const std::string& name) const {
    if (is_playlist(format)) throw Error(ErrorCode::not_audio, name + ": is a playlist; expected an audio file");
    // FFmpeg takes every text for art of old terminals, by the ending of its name.
    if (format.name == std::string_view("tty")) throw_not_audio(name);
    if (!may_hold_music(format))
        throw Error(ErrorCode::not_audio, name + ": has no audio: it is of the format " + format.long_name);
    if (!is_module(format)) return;
    // Without a size, libgme would unpack gigabytes.
    if (avio_size(input_->context()) < 0)
        throw Error(ErrorCode::unreadable,
                    name + ": cannot be read from a pipe, of the format " + format.long_name + "; expected a file");
    if (avio_size(input_->context()) > most_module_bytes)
        throw Error(ErrorCode::not_audio, name + ": more than 32 MB, too much for the format " + format.long_name);
}

void Demuxer::throw_not_audio(const std::string& name) const {
    if (input_->read_error() != 0) {
        throw Error(ErrorCode::unreadable,
                    name + ": cannot be read: " + std::generic_category().message(input_->read_error()));
    }
    if (input_->empty()) throw Error(ErrorCode::not_audio, name + ": the file is empty");
    throw Error(ErrorCode::not_audio, name + ": not audio of any format that FFmpeg knows");
}

bool Demuxer::streams_are_known() const noexcept {
    if ((format_->ctx_flags & AVFMTCTX_NOHEADER) != 0) return false;
    // MP3 frames describe themselves, and this demuxer has checked the first two; looking closer would decode the first
    // frame and the cover picture only to throw them away.
    if (std::string_view(format_->iformat->name) == "mp3") return true;
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        const AVStream& stream = *format_->streams[i];
        if (stream.codecpar->codec_type == AVMEDIA_TYPE_UNKNOWN) return false;
        if (is_audio(stream) && !parameters_are_known(stream)) return false;
    }
    return true;
}

void Demuxer::select_stream(const std::string& name, int probe_score) {
    const bool known = streams_are_known();
    if (!known) avformat_find_stream_info(format_.get(), nullptr);
    stream_ = find_audio_track(*format_);
    if (stream_ == nullptr) throw Error(ErrorCode::not_audio, name + ": has no audio");
    const bool mp3 = stream_->codecpar->codec_id == AV_CODEC_ID_MP3;
    if (!mp3 && probe_score <= AVPROBE_SCORE_RETRY && !parameters_are_known(*stream_)) throw_not_audio(name);
    // A duration that was estimated from the bit rate is no promise of the file.
    const bool declared = known || format_->duration_estimation_method == AVFMT_DURATION_FROM_STREAM;
    if (declared) declared_duration_s_ = find_declared_duration();
    is_cut_short_ = play_limit_s().value_or(0.0) > most_module_s;
    if (is_cut_short_) declared_duration_s_ = most_module_s;
}

std::optional<double> Demuxer::data_duration_s(std::int64_t size_bytes) const noexcept {
    const AVCodecParameters& parameters = *stream_->codecpar;
    const double bytes_per_second = static_cast<double>(parameters.block_align) * parameters.sample_rate;
    const bool is_pcm = av_get_bits_per_sample(parameters.codec_id) > 0;
    return is_pcm && bytes_per_second > 0.0 ? std::optional(static_cast<double>(size_bytes) / bytes_per_second)
                                            : std::nullopt;
}

std::optional<double> Demuxer::wrongly_stated_s() const noexcept {
    const auto& length = size_.wrong_data_length;
    return length && !length->is_wrapped() ? data_duration_s(length->stated_bytes) : std::nullopt;
}

std::optional<double> Demuxer::find_declared_duration() const noexcept {
    if (size_.wrong_data_length) return data_duration_s(size_.wrong_data_length->present_bytes);
    if (stream_->duration > 0) return static_cast<double>(stream_->duration) * av_q2d(stream_->time_base);
    if (pipe_duration_s_ && stream_->codecpar->codec_id == AV_CODEC_ID_MP3) return pipe_duration_s_;
    const std::int64_t bytes_per_second = stream_->codecpar->bit_rate / 8;
    if (missing_bytes() > 0 && bytes_per_second > 0 && has_steady_size()) {
        return static_cast<double>(*size_.whole_bytes) / static_cast<double>(bytes_per_second);
    }
    unsigned others = 0;
    for (unsigned i = 0; i < format_->nb_streams; ++i) {
        if (format_->streams[i] != stream_ && !is_attached_picture(*format_->streams[i])) ++others;
    }
    // A film may well be longer than its sound.
    if (others > 0 || format_->duration <= 0) return std::nullopt;
    return static_cast<double>(format_->duration) / AV_TIME_BASE;
}

bool Demuxer::is_music_alone() const noexcept {
    unsigned count = 0;
    for (unsigned i = 0; i < format_->nb_streams; ++i) count += is_attached_picture(*format_->streams[i]) ? 0 : 1;
    return count == 1;
}

std::string Demuxer::track() const { return describe_audio_track(*format_, *stream_); }

std::string Demuxer::stated(const char* key) const {
    for (const AVDictionary* const fields : {format_->metadata, stream_->metadata}) {
        const AVDictionaryEntry* const entry = av_dict_get(fields, key, nullptr, 0);
        if (entry != nullptr && *entry->value != '\0') return entry->value;
    }
    return "";
}

std::optional<double> Demuxer::play_limit_s() const noexcept {
    if (!is_module(*format_->iformat)) return std::nullopt;
    return declared_duration_s_.value_or(most_module_s);
}

// A WAV file, for one, may hold DTS under the name of whole numbers. libavformat looks at the first packets and keeps
// them back; when it gives the first one, the codec is known.
void Demuxer::read_first_packet(const std::string& name) {
    first_packet_ = own(av_packet_alloc());
    if (!read_next(*first_packet_)) first_packet_.reset();
    const bool is_pipe = (input_->context()->seekable & AVIO_SEEKABLE_NORMAL) == 0;
    if (first_packet_ == nullptr && is_pipe && has_index_behind(*format_->iformat))
        throw_unreadable_from_pipe(name, *format_->iformat);
    if (!is_audio(*stream_)) throw Error(ErrorCode::not_audio, name + ": has no audio");
    std::string protection = protection_of(*format_, *stream_);
    if (protection.empty() && encrypted_) protection = "common encryption";
    if (protection.empty()) return;
    throw Error(ErrorCode::not_audio, name + ": is protected by " + protection + "; expected audio without encryption");
}

bool Demuxer::read(AVPacket& packet) {
    if (first_packet_ == nullptr) return read_next(packet);
    av_packet_move_ref(&packet, first_packet_.get());
    first_packet_.reset();
    return true;
}

bool Demuxer::read_next(AVPacket& packet) {
    // A demuxer that has nothing for so many calls will have nothing.
    constexpr int most_attempts = 1000;
    for (int attempt = 0; end_status_ == 0;) {
        input_->allow_bytes(is_music_alone() ? most_junk_bytes : InputStream::unlimited_bytes);
        const int status = av_read_frame(format_.get(), &packet);
        if (status == AVERROR(EAGAIN) && ++attempt < most_attempts) continue;
        if (status < 0) {
            end_status_ = status;
        } else if (packet.stream_index == stream_->index) {
            encrypted_ = is_encrypted(packet);
            if (!encrypted_) return true;
            av_packet_unref(&packet);
            end_status_ = AVERROR_EOF;
        } else {
            av_packet_unref(&packet);
        }
    }
    return false;
}

std::string Demuxer::failure() const {
    if (encrypted_) return "the rest is protected by common encryption";
    if (input_->read_error() != 0) return std::generic_category().message(input_->read_error());
    if (is_cut_short_) return "no more than an hour of a module is played";
    // As in an Ogg file of several FLAC streams whose headers differ.
    if (end_status_ == AVERROR_PATCHWELCOME)
        return "FFmpeg cannot read the stream that follows; expected one like the first";
    if (!input_->is_limit_reached()) return "";
    return "the next " + std::to_string(most_junk_bytes >> 20) + " MB have no music, and no more is read";
}

bool Demuxer::ends_in_junk() const noexcept { return end_status_ != 0 && end_status_ != AVERROR_EOF; }

}  // namespace earmark::decode
