#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "apps/picture/picture_options.h"
#include "earmark/matrix.h"
#include "earmark/model.h"
#include "earmark/tagger.h"

namespace earmark {

/// The log-mel spectrogram of a file.
struct LogMelFile {
    std::filesystem::path path;
    std::shared_ptr<const Model> model;
    ClipResult clip;
    Matrix log_mel;  ///< frames x mel_bands, as the networks get it
};

/// A PNG with axes in minutes and Hz. REQUIRES: at least one frame.
std::string log_mel_picture(LogMelFile file, const PictureOptions& options);

}  // namespace earmark
