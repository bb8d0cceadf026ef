#pragma once

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// hide_tags of Matroska and WebM: tags, chapters, attachments, cues, and the list that leads to those behind the music
/// become empty space. https://www.matroska.org/technical/elements.html
void hide_in_matroska(HeaderBytes& bytes, Edit& edit);

}  // namespace earmark::decode
