#include "apps/common/program.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>

#include "apps/common/describe_commands.h"
#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/one_value.h"
#include "apps/common/two_dashes.h"
#include "apps/common/usage_error.h"
#include "apps/common/visible_text.h"
#include "earmark/decode.h"
#include "earmark/error.h"
#include "earmark/version.h"

namespace earmark {
namespace {

// A standard stream that the caller closed is opened, so that no file of the program gets its number and with it the
// program's messages. Its direction is the wrong one: reading and writing still fail, as on a closed stream.
void open_closed_streams() {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (fcntl(stream, F_GETFD) >= 0) continue;
        if (open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            return;  // takes the lowest free number
    }
}

void parse_and_run(CLI::App& app, int argument_count, char** arguments) {
    try {
        take_one_value_per_option(app);
        take_marked_arguments(app);
        app.parse(marked_arguments(argument_count, arguments));
    } catch (const CLI::Success& wish) {  // for help or the version
        app.exit(wish);
    }
    flush_standard_output();
}

// The message of what ended the command, or nothing when it came to its end. Errors of single files stay in its loop.
std::optional<std::string> parse_and_run_to_message(CLI::App& app, int argument_count, char** arguments) {
    try {
        parse_and_run(app, argument_count, arguments);
        return std::nullopt;
    } catch (const CLI::ParseError& error) {
        return without_marks(usage_message(error, app));
    } catch (const Error& error) {
        return error.what();
    } catch (const std::bad_alloc&) {
        return "there is not enough memory";
    } catch (const std::filesystem::filesystem_error& error) {
        return error.path1().string() + ": " + error.code().message();
    } catch (const std::system_error& error) {
        // A thread that cannot be started lacks memory for its stack.
        const bool is_short =
            error.code() == std::errc::resource_unavailable_try_again || error.code() == std::errc::not_enough_memory;
        return is_short ? "there is not enough memory, or there are too many processes" : error.what();
    } catch (const std::exception& error) {
        return std::string("unexpected failure: ") + error.what();
    }
}

}  // namespace

void print_message(const std::string& message) { std::cerr << "earmark: " + visible(message) + "\n" << std::flush; }

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
    open_closed_streams();
    silence_ffmpeg_messages();
    limit_ffmpeg_blocks();
    CLI::App app(description, "earmark");
    app.formatter(std::make_shared<HelpFormatter>());
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.set_version_flag("--version", "earmark " EARMARK_VERSION, "Print the version and exit");
    app.require_subcommand(1);
    int status = exit_code(ExitStatus::all_done);
    add_commands(app, status);
    if (argument_count == 2 && arguments[1] == std::string_view("--describe-commands")) {  // only the build calls this
        std::cout << describe_commands(app) << std::flush;
        return exit_code(std::cout ? ExitStatus::all_done : ExitStatus::nothing_started);
    }
    const std::optional<std::string> message = parse_and_run_to_message(app, argument_count, arguments);
    if (!message) return status;
    print_message(*message);
    // A command that notes that its work has begun, such as a training, has more to show than nothing.
    return status == exit_code(ExitStatus::item_failed) ? status : exit_code(ExitStatus::nothing_started);
}

}  // namespace earmark
