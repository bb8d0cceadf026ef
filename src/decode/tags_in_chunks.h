#pragma once

#include "decode/edited_source.h"
#include "decode/header_bytes.h"

namespace earmark::decode {

/// hide_tags of RIFF and RF64 (WAV, AVI), IFF (AIFF, 8SVX), DSDIFF and CAF: chunks of ID3 or of a list of texts become
/// chunks that readers pass over. Does nothing with other files.
void hide_in_chunks(HeaderBytes& bytes, Edit& edit, Hidden hidden = Hidden::all);

/// Leaves out what is in front of the samples of a CAF in a pipe and not needed: FFmpeg passes over chunks that it does
/// not know by seeking alone.
void leave_out_of_caf(HeaderBytes& bytes, Edit& edit);

}  // namespace earmark::decode
