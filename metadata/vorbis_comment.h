#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metadata/fields.h"

namespace earmark::metadata {

/// A Vorbis comment (https://xiph.org/vorbis/doc/v-comment.html): KEY=value, in the order of the file.
class VorbisComment {
public:
    /// Throws Damage.
    static VorbisComment parse(std::string_view bytes);

    void list(FileFields& fields) const;

    /// What was parsed, with these values; what follows the comments is kept.
    std::string edited(const Edit& edit) const;

private:
    std::string vendor_;
    std::vector<std::string> entries_;
    std::string rest_;  ///< the framing bit of Vorbis, the padding or binary data of Opus
};

}  // namespace earmark::metadata
