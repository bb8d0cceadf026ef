#pragma once

/// All of Earmark's public headers. Those of earmark::decode are decode.h, file_tagger.h and tagger_pool.h; the others
/// are of earmark::earmark, which needs none of FFmpeg's decoding (libavformat, libavcodec); of FFmpeg only libavutil,
/// for the Fourier transform.
#include "earmark/aggregation.h"
#include "earmark/audio.h"
#include "earmark/audio_files.h"
#include "earmark/calibration.h"
#include "earmark/classifier.h"
#include "earmark/decode.h"
#include "earmark/embedding.h"
#include "earmark/error.h"
#include "earmark/explain.h"
#include "earmark/file_contents.h"
#include "earmark/file_tagger.h"
#include "earmark/gate.h"
#include "earmark/matrix.h"
#include "earmark/model.h"
#include "earmark/network.h"
#include "earmark/precision.h"
#include "earmark/provenance.h"
#include "earmark/segments.h"
#include "earmark/spectrogram.h"
#include "earmark/tag.h"
#include "earmark/tagger.h"
#include "earmark/tagger_pool.h"
#include "earmark/taggram.h"
#include "earmark/version.h"
