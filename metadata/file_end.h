#pragma once

#include <optional>

#include "metadata/ape_tag.h"
#include "metadata/fields.h"

namespace earmark::metadata {

/// The tags at the end of a file, after its audio: APEv2, then ID3v1, with Lyrics3 between them where there is one.
struct FileEnd {
    std::uint64_t audio_end = 0;
    std::optional<ApeTag> ape;    ///< from audio_end on
    std::uint64_t after_ape = 0;  ///< where what follows it begins

    /// Throws Damage.
    static FileEnd read(const ByteSource& source, std::uint64_t start);
};

/// ID3v1 and what else follows APEv2.
void list_file_end(const FileEnd& end, const ByteSource& source, FileFields& fields);

/// The same, as it is but for the genre of ID3v1: where that has one, the first new genre that has a number, or none.
Pieces edited_file_end(const FileEnd& end, const ByteSource& source, const Edit& edit);

}  // namespace earmark::metadata
