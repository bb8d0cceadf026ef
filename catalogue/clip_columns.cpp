#include "catalogue/clip_columns.h"

#include "catalogue/blob.h"

namespace earmark::catalogue {
namespace {

ClipStatus status_named(const std::string& name) {
    for (const ClipStatus status : {ClipStatus::silent, ClipStatus::too_short, ClipStatus::channels_cancel,
                                    ClipStatus::known, ClipStatus::unsure, ClipStatus::not_music})
        if (name == to_string(status)) return status;
    return ClipStatus::ok;
}

}  // namespace

ClipResult clip_of(const Statement& statement, int first_column) {
    ClipResult clip;
    clip.probabilities = numbers_of<float>(statement.bytes(first_column));
    clip.duration_s = statement.real(first_column + 1);
    clip.status = status_named(statement.text(first_column + 2));
    clip.warning = statement.text(first_column + 3);
    return clip;
}

}  // namespace earmark::catalogue
