#pragma once

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// Whether the file, from the edit's start, is ASF (WMA).
bool is_asf(HeaderBytes& bytes, const Edit& edit);

/// hide_tags of ASF: descriptions, metadata and markers become padding. Advanced Systems Format Specification, 3.
/// With Hidden::what_is_slow, the first thousand fields stay.
void hide_in_asf(HeaderBytes& bytes, Edit& edit, Hidden hidden = Hidden::all);

}  // namespace earmark::decode
