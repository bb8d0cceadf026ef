#pragma once

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// hide_tags of Matroska and WebM: tags, chapters, attachments, cues, and the list that leads to those behind the music
/// become empty space. Gives up where the headers of the tracks have too many elements.
/// https://www.matroska.org/technical/elements.html
/// With Hidden::what_is_slow, tags of up to 64 kB stay, also behind the music, and the list that leads to them.
void hide_in_matroska(HeaderBytes& bytes, Edit& edit, Hidden hidden = Hidden::all);

}  // namespace earmark::decode
