#pragma once

#include <memory>
#include <new>

struct AVCodecContext;
struct AVFormatContext;
struct AVFrame;
struct AVIOContext;
struct AVPacket;

namespace earmark::decode {

/// Frees FFmpeg's objects.
struct FfmpegDeleter {
    void operator()(AVCodecContext* codec) const noexcept;
    void operator()(AVFormatContext* format) const noexcept;
    void operator()(AVFrame* frame) const noexcept;
    void operator()(AVIOContext* io) const noexcept;
    void operator()(AVPacket* packet) const noexcept;
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
