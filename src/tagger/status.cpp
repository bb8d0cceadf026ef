#include "earmark/tagger.h"

namespace earmark {

std::string_view to_string(ClipStatus status) noexcept {
    switch (status) {
        case ClipStatus::ok: return "ok";
        case ClipStatus::silent: return "silent";
        case ClipStatus::too_short: return "too_short";
        case ClipStatus::channels_cancel: return "channels_cancel";
    }
    return "ok";
}

}  // namespace earmark
