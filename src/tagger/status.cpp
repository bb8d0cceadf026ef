#include "earmark/tagger.h"

namespace earmark {

std::string_view to_string(ClipStatus status) noexcept {
    switch (status) {
        case ClipStatus::ok: return "ok";
        case ClipStatus::silent: return "silent";
        case ClipStatus::too_short: return "too_short";
        case ClipStatus::channels_cancel: return "channels_cancel";
        case ClipStatus::known: return "known";
        case ClipStatus::unsure: return "unsure";
        case ClipStatus::not_music: return "not_music";
    }
    return "ok";
}

}  // namespace earmark
