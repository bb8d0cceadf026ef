#include "decode/ffmpeg_pointers.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
}

namespace earmark::decode {

void FfmpegDeleter::operator()(AVCodecContext* codec) const noexcept { avcodec_free_context(&codec); }

void FfmpegDeleter::operator()(AVFormatContext* format) const noexcept { avformat_close_input(&format); }

void FfmpegDeleter::operator()(AVFrame* frame) const noexcept { av_frame_free(&frame); }

void FfmpegDeleter::operator()(AVIOContext* io) const noexcept {
    // FFmpeg may have put another buffer in the place of ours.
    av_freep(&io->buffer);
    avio_context_free(&io);
}

void FfmpegDeleter::operator()(AVPacket* packet) const noexcept { av_packet_free(&packet); }

}  // namespace earmark::decode
