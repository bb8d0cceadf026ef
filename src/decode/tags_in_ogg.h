#pragma once

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// hide_tags of Ogg: where the comments of a stream at the start of the file are more than 1,000, their number becomes
/// 0, and the checksum of its page is made right again. https://www.rfc-editor.org/rfc/rfc3533,
/// https://xiph.org/vorbis/doc/v-comment.html
void hide_in_ogg(HeaderBytes& bytes, Edit& edit);

}  // namespace earmark::decode
