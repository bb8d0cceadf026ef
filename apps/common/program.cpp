#include "apps/common/program.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <new>
#include <string_view>

#include "apps/common/describe_commands.h"
#include "earmark/decode.h"
#include "earmark/error.h"
#include "earmark/version.h"

namespace earmark {
namespace {

constexpr int nothing_could_start = 2;

// The innermost command that was named, as far as parsing came.
const CLI::App& called_command(const CLI::App& app) {
    const std::vector<CLI::App*> named = app.get_subcommands();
    return named.empty() ? app : called_command(*named.front());
}

// "earmark model info"
std::string full_name(const CLI::App& command) {
    const CLI::App* parent = command.get_parent();
    return (parent == nullptr ? "" : full_name(*parent) + " ") + command.get_name();
}

std::string describe(const CLI::ParseError& error, const CLI::App& command) {
    const bool has_commands = command.get_require_subcommand_min() > 0;
    if (!has_commands || error.get_name() != "RequiredError") return error.what();
    const std::vector<std::string> others = command.remaining();
    return others.empty() ? "a command is missing" : others.front() + ": no such command";
}

void parse_and_run(CLI::App& app, int argument_count, char** arguments) {
    try {
        app.parse(argument_count, arguments);
    } catch (const CLI::Success& wish) {  // for help or the version
        app.exit(wish);
    }
    flush_standard_output();
}

int parse_run_and_report(CLI::App& app, int argument_count, char** arguments) {
    try {
        parse_and_run(app, argument_count, arguments);
        return 0;
    } catch (const CLI::ParseError& error) {
        const CLI::App& command = called_command(app);
        print_message(describe(error, command) + " (see '" + full_name(command) + " --help')");
        return nothing_could_start;
    } catch (const Error& error) {  // of the command as a whole: those of single files stay in its loop
        print_message(error.what());
        return nothing_could_start;
    } catch (const std::bad_alloc&) {
        print_message("there is not enough memory");
        return nothing_could_start;
    } catch (const std::exception& error) {
        print_message(std::string("unexpected failure: ") + error.what());
        return nothing_could_start;
    }
}

}  // namespace

void print_message(std::string message) {
    for (char& character : message) {
        if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) character = '?';
    }
    std::cerr << "earmark: " + message + "\n" << std::flush;
}

void flush_standard_output() {
    if (std::cout.flush()) return;
    const std::string reason = errno == 0 ? "" : std::string(": ") + std::strerror(errno);
    throw Error(ErrorCode::unwritable, "standard output: cannot be written" + reason);
}

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
    if (argument_count == 2 && arguments[1] == std::string_view("--describe-commands")) {  // asked by the build alone
        std::cout << describe_commands(app) << std::flush;
        return std::cout ? 0 : nothing_could_start;
    }
    const int start_status = parse_run_and_report(app, argument_count, arguments);
    return start_status != 0 ? start_status : exit_status;
}

}  // namespace earmark
