#include "earmark/error.h"

namespace earmark {

int exit_status(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::usage: return 2;
        case ErrorCode::not_found: return 1;
        case ErrorCode::unreadable: return 1;
        case ErrorCode::not_audio: return 1;
        case ErrorCode::damaged_audio: return 1;
        case ErrorCode::invalid_model: return 2;
        case ErrorCode::unsupported_model: return 2;
        case ErrorCode::invalid_dataset: return 2;
        case ErrorCode::invalid_recipe: return 2;
        case ErrorCode::unwritable: return 2;
        case ErrorCode::cancelled: return 1;
    }
    return 2;
}

}  // namespace earmark
