#include "apps/picture/picture_options.h"

#include "apps/common/option_checks.h"

namespace earmark {

void add_picture_options(CLI::App& command, PictureOptions& options, int least_width_px) {
    constexpr int most_px = 8'000;
    command
        .add_option_function<std::string>(
            "--theme", [&options](const std::string& theme) { options.is_dark = theme == "dark"; },
            "Background of a picture")
        ->check(one_of({"light", "dark"}))
        ->default_str("light");
    command.add_option("--width", options.width_px, "Width of a picture")
        ->type_name("PX")
        ->check(whole_number(least_width_px, most_px))
        ->capture_default_str();
    command.add_option("--title", options.title, "Title of a picture (default: the name of the file)")
        ->type_name("TITLE");
}

}  // namespace earmark
