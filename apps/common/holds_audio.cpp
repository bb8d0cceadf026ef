#include "apps/common/holds_audio.h"

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark {

bool holds_audio(const std::filesystem::path& file) {
    try {
        const AudioReader reader(file);
        return true;
    } catch (const Error& error) {  // what else is wrong is reported where the file is used
        return error.code() != ErrorCode::not_audio;
    }
}

}  // namespace earmark
