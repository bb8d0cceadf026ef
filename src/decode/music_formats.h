#pragma once

struct AVInputFormat;

namespace earmark::decode {

/// Whether files of this format of FFmpeg are opened: those that hold music, sound or films with sound. Pictures,
/// subtitles, scripts, lists of other files, devices and videos of games are not, so that a file made for the purpose
/// cannot reach their code.
bool may_hold_music(const AVInputFormat& format) noexcept;

}  // namespace earmark::decode
