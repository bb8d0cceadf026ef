#pragma once

#include <CLI/App.hpp>
#include <string>

#include "apps/picture/theme.h"

namespace earmark {

/// How a picture looks, for every command that draws one.
struct PictureOptions {
    bool is_dark = false;
    int width_px = 1'200;
    std::string title;  ///< empty: the name of the file

    const Theme& theme() const { return is_dark ? dark_theme() : light_theme(); }
};

/// --theme, --width and --title. The narrowest picture that can be read is for the command to know.
void add_picture_options(CLI::App& command, PictureOptions& options, int least_width_px);

}  // namespace earmark
