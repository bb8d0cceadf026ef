#pragma once

#include <optional>
#include <string>
#include <vector>

#include "metadata/fields.h"
#include "metadata/id3v2.h"

namespace earmark::metadata {

/// The frames of a tag of ID3v2.3 as ID3v2.4 has them, or the other way round: dates in other frames, texts in an
/// encoding that version 3 has, and no TMOO there. All else stays. Throws Damage that names the first frame which has
/// no place in the other version: "RVA2 has no place there".
std::vector<Id3Frame> converted_frames(const std::vector<Id3Frame>& frames, int to_version);

/// As first_difference(), of two files whose ID3v2 tags may be of version 3 and 4: each field by what it means.
std::optional<std::string> first_difference_but_for_id3_version(const FileFields& before, const FileFields& after,
                                                                const FieldValues& edited);

}  // namespace earmark::metadata
