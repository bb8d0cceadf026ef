#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "metadata/fields.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// A text in the chunk LIST INFO of a WAV.
struct InfoEntry {
    std::string id;     ///< "IGNR"
    std::string value;  ///< as it is stored: nobody ever said in which encoding
    Range place;        ///< with its header, and the byte that makes it even

    bool is_genre() const { return id == "IGNR"; }
};

/// Of the body of a chunk, which begins with "INFO" and is at `offset` of its file. None where they do not fill it.
std::vector<InfoEntry> info_entries(std::string_view body, std::uint64_t offset);

/// Adds them, and their values.
void list_info(const std::vector<InfoEntry>& entries, const ByteSource& source, FileFields& fields);

/// Whether one of them gets other values.
bool concerns(const Edit& edit, const std::vector<InfoEntry>& entries);

/// The body of a chunk with the new genres, where it has one. Empty where no entry is left. REQUIRES: concerns().
Pieces edited_info(const std::vector<InfoEntry>& entries, const Edit& edit);

}  // namespace earmark::metadata
