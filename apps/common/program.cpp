#include "apps/common/program.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr int nothing_could_start = 2;

int parse_and_run(CLI::App& app, int argument_count, char** arguments) {
    try {
        app.parse(argument_count, arguments);
        return 0;
    } catch (const CLI::CallForHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForAllHelp& help) {
        return app.exit(help);
    } catch (const CLI::CallForVersion& version) {
        return app.exit(version);
    } catch (const CLI::ParseError& error) {
        print_message(std::string(error.what()) + " (see 'earmark --help')");
        return nothing_could_start;
    } catch (const Error& error) {
        print_message(error.what());
        return exit_status(error.code());
    } catch (const std::exception& error) {
        print_message(std::string("unexpected failure: ") + error.what());
        return nothing_could_start;
    }
}

}  // namespace

void print_message(const std::string& message) { std::cerr << "earmark: " + message + "\n" << std::flush; }

std::string command_line(int argument_count, const char* const* arguments) {
    std::string line;
    for (int i = 0; i < argument_count; ++i) {
        const std::string argument = arguments[i];
        const bool plain = !argument.empty() && argument.find_first_of(" \t'\"\\$*?") == std::string::npos;
        line += (i > 0 ? " " : "") + (plain ? argument : "'" + argument + "'");
    }
    return line;
}

int run_program(const std::string& description, int argument_count, char** arguments, const AddCommands& add_commands) {
    silence_ffmpeg_messages();
    CLI::App app(description, "earmark");
    app.set_version_flag("--version", "earmark " EARMARK_VERSION, "Print the version and exit");
    app.require_subcommand(1);
    int exit_status = 0;
    add_commands(app, exit_status);
    const int start_status = parse_and_run(app, argument_count, arguments);
    return start_status != 0 ? start_status : exit_status;
}

}  // namespace earmark
