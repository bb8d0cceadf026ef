#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {

/// `text` in lines of at most `width` columns, broken at spaces only. A word that is wider has a line of its own.
std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// The value that an option takes: "FILE", "text|json" where only these are allowed, empty for a flag.
std::string value_name(const CLI::Option& option);

/// "Show every tag; not with --present"
std::string description_and_exclusions(const CLI::Option& option);

/// --help in 80 columns: descriptions break at words and are indented. Defaults, and whether an option is required,
/// are stated after the description. The footer of a command is its examples(), which get a heading. The program itself
/// has none; its help ends with the exit statuses.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
    std::string make_description(const CLI::App* app) const override;
    std::string make_usage(const CLI::App* app, std::string name) const override;
    std::string make_group(std::string group, bool is_positional,
                           std::vector<const CLI::Option*> options) const override;
    std::string make_option(const CLI::Option* option, bool is_positional) const override;
    std::string make_subcommands(const CLI::App* app, CLI::AppFormatMode mode) const override;
    std::string make_footer(const CLI::App* app) const override;
};

/// The footer of a command: command lines to begin with, a line each.
std::string examples(const std::vector<std::string>& command_lines);

/// The same, of a footer.
std::vector<std::string> examples_of(const CLI::App& command);

}  // namespace earmark
