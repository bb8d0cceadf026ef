#include "earmark/file_contents.h"

#include <memory>
#include <utility>
#include <vector>

#include "base/content_digest.h"
#include "decode/byte_source.h"
#include "decode/demuxer.h"
#include "decode/ffmpeg_pointers.h"
#include "decode/free_format.h"
#include "decode/metadata_packet.h"
#include "decode/prepared_source.h"
#include "decode/read_guard.h"
#include "decode/stated_fields.h"
#include "decode/trailing_tags.h"
#include "earmark/error.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark {
namespace {

using namespace decode;

// Of processor time; a film of an hour takes a second.
constexpr double time_limit_s = 60.0;

std::unique_ptr<ByteSource> open(const std::filesystem::path& path, const std::stop_token& stop) {
    auto source = open_file(path, stop);
    if (!source->size_bytes())
        throw Error(ErrorCode::unreadable, path.string() + ": is a pipe, which can be read only once; expected a file");
    return source;
}

/// The packets of a file, or what it has instead of them.
class Packets {
public:
    Packets(const std::filesystem::path& path, const std::stop_token& stop)
        : path_(path), stop_(stop), guard_(stop, time_limit_s) {}

    /// Everything but the fields.
    FileContents read() {
        const ReadGuard::Work work(guard_);
        FileContents contents;
        try {
            contents = read_guarded();
        } catch (const Error&) {  // of a source that the guard has closed
            check();
            throw;
        }
        check();
        if (byte_count_ == 0) throw Error(ErrorCode::damaged_audio, path_.string() + ": damaged: it has no audio");
        contents.audio_digest = digest_.text();
        return contents;
    }

private:
    FileContents read_guarded() {
        auto source = open(path_, stop_);
        const std::int64_t end_bytes = end_without_tags(*source);
        if (end_bytes < source->size_bytes()) source = end_at(std::move(source), end_bytes);
        source = prepare_source(guarded(std::move(source), guard_), path_.string());
        FileContents contents;
        if (const auto free_format = find_free_format(source)) {
            contents.duration_s = free_format->declared_duration_s;
            add_bytes(*source);
        } else {
            Demuxer demuxer(std::move(source), path_.string(), EditLists::ignored);
            contents.duration_s = demuxer.declared_duration_s();
            demuxer.play_limit_s() ? add_bytes(*guarded(open(path_, stop_), guard_)) : add_packets(demuxer);
        }
        return contents;
    }

    void add_packets(Demuxer& demuxer) {
        const auto packet = own(av_packet_alloc());
        const bool is_flac = demuxer.stream().codecpar->codec_id == AV_CODEC_ID_FLAC;
        for (; demuxer.read(*packet); av_packet_unref(packet.get())) {
            if (!is_metadata(*packet, is_flac) && packet->size > 0)
                add(std::as_bytes(std::span(packet->data, static_cast<std::size_t>(packet->size))));
        }
        if (const std::string failure = demuxer.failure(); !failure.empty())
            throw Error(ErrorCode::unreadable, path_.string() + ": cannot be read to its end: " + failure);
    }

    void add_bytes(ByteSource& source) {
        constexpr std::size_t portion_bytes = std::size_t{1} << 16;
        std::vector<std::byte> portion(portion_bytes);
        for (std::ptrdiff_t count = 0; (count = source.read(portion)) > 0;)
            add(std::span(portion).first(static_cast<std::size_t>(count)));
    }

    void add(std::span<const std::byte> bytes) {
        digest_.add(bytes);
        byte_count_ += bytes.size();
    }

    void check() const {
        if (guard_.is_stopped()) throw Error(ErrorCode::canceled, path_.string() + ": reading it was canceled");
        if (guard_.is_time_used_up())
            throw Error(ErrorCode::damaged_audio, path_.string() + ": damaged: reading its packets takes too long");
    }

    const std::filesystem::path& path_;
    const std::stop_token& stop_;
    ReadGuard guard_;
    ContentDigest digest_;
    std::size_t byte_count_ = 0;
};

}  // namespace

FileContents read_file_contents(const std::filesystem::path& path, const std::stop_token& stop) {
    FileContents contents = Packets(path, stop).read();
    contents.fields = read_stated_fields(open(path, stop), path.string());
    return contents;
}

std::string audio_digest(const std::filesystem::path& path, const std::stop_token& stop) {
    return Packets(path, stop).read().audio_digest;
}

}  // namespace earmark
