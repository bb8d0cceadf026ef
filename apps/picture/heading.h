#pragma once

#include <filesystem>
#include <string>

#include "apps/picture/canvas.h"
#include "apps/picture/picture_options.h"

namespace earmark {

/// At the top of a picture, 60 px high: the title or, where there is none, the name of the file, and a note below it.
void draw_picture_heading(Canvas& canvas, const PictureOptions& options, const std::filesystem::path& file,
                          const std::string& note);

}  // namespace earmark
