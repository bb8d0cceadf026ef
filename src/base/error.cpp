#include "earmark/error.h"

namespace earmark {
namespace {

struct Status {
    int exit;
    int http;
};

Status status_of(ErrorCode code) noexcept {
    switch (code) {
        case ErrorCode::usage: return {2, 400};
        case ErrorCode::not_found: return {1, 404};
        case ErrorCode::unreadable: return {1, 403};
        case ErrorCode::not_audio: return {1, 415};
        case ErrorCode::damaged_audio: return {1, 422};
        case ErrorCode::invalid_model: return {2, 500};
        case ErrorCode::unsupported_model: return {2, 500};
        case ErrorCode::invalid_dataset: return {2, 422};
        case ErrorCode::invalid_recipe: return {2, 422};
        case ErrorCode::unwritable: return {2, 507};
    }
    return {2, 500};
}

}  // namespace

int exit_status(ErrorCode code) noexcept { return status_of(code).exit; }

int http_status(ErrorCode code) noexcept { return status_of(code).http; }

}  // namespace earmark
