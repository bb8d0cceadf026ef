#pragma once

#include <stdexcept>
#include <string>

#include "earmark/export.h"

namespace earmark {

/// What kind of outside input was at fault.
enum class ErrorCode {
    usage,              ///< an option or argument is wrong
    not_found,          ///< a file or folder does not exist, or a folder has nothing of what was looked for
    unreadable,         ///< a file exists and cannot be read
    not_audio,          ///< a file has no audio, or no form of it that FFmpeg knows
    damaged_audio,      ///< a file has an audio stream, and nothing of it can be decoded; or PCM is not finite
    invalid_model,      ///< a model file is damaged, or its fields contradict each other
    unsupported_model,  ///< a model file is of a format version that this program does not know
    invalid_dataset,    ///< a manifest, tag list or label is wrong
    invalid_catalogue,  ///< the database of a music library is damaged, of another program, or of a newer Earmark
    invalid_recipe,     ///< a recipe has an unknown key, or a value that is wrong
    unwritable,         ///< a result cannot be written
    canceled,           ///< the caller asked to end the work (ReadOptions::stop)
};

/// The one exception for everything that comes from outside: files, audio, models, options. The message is one line
/// that names the file or field and what was expected; it is meant for the user, as it is. What a function REQUIRES of
/// the calling program is checked by assertions.
class EARMARK_EXPORT Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}

    ErrorCode code() const noexcept { return code_; }

private:
    ErrorCode code_;
};

}  // namespace earmark
