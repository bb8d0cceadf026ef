#pragma once

#include <memory>

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {

/// Owners of FFmpeg's objects.
struct FfmpegDeleter {
    void operator()(AVFormatContext* format) const noexcept { avformat_close_input(&format); }
    void operator()(AVCodecContext* codec) const noexcept { avcodec_free_context(&codec); }
    void operator()(AVPacket* packet) const noexcept { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const noexcept { av_frame_free(&frame); }
    void operator()(AVIOContext* io) const noexcept {
        // FFmpeg may have put another buffer in the place of ours.
        av_freep(&io->buffer);
        avio_context_free(&io);
    }
};

template <typename Object>
using FfmpegPointer = std::unique_ptr<Object, FfmpegDeleter>;

/// FFmpeg's allocators give null when memory runs out.
template <typename Object>
FfmpegPointer<Object> own(Object* object) {
    if (object == nullptr) throw std::bad_alloc();
    return FfmpegPointer<Object>(object);
}

}  // namespace earmark::decode
