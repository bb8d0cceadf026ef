#include "apps/train/handover.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "apps/analyze/show_command.h"
#include "apps/common/installation.h"
#include "earmark/error.h"

namespace earmark {
namespace {

std::string training_program() { return (program_folder() / "earmark-train").string(); }

[[noreturn]] void hand_over(char** arguments) {
    const std::string program = training_program();
    execv(program.c_str(), arguments);
    throw Error(ErrorCode::not_found,
                program + ": cannot be started (" + std::strerror(errno) +
                    "); train, teach and analyze need this program, except for 'analyze --show'. In a checkout of "
                    "Earmark, './earmark train --help' builds it; then install again");
}

// Without the program for training, showing is all that `analyze` can do, and so its --help describes that.
bool is_help_to_show(int argument_count, const char* const* arguments) {
    const auto is_help = [](std::string_view word) { return word == "--help" || word == "-h"; };
    return argument_count > 2 && std::string_view(arguments[1]) == "analyze" &&
           std::any_of(arguments + 2, arguments + argument_count, is_help) &&
           access(training_program().c_str(), X_OK) != 0;
}

}  // namespace

void add_training_commands(CLI::App& app, int argument_count, char** arguments, int& exit_status) {
    const auto add = [&](const std::string& name, const std::string& description) {
        CLI::App* command = app.add_subcommand(name, description);
        command->prefix_command();
        command->set_help_flag();
        command->callback([arguments] { hand_over(arguments); });
    };
    add("train", "Train a model on a data set");
    add("teach",
        "Train a classifier for your own tags on top of an existing model's networks, and report cross-validated "
        "scores");
    if (is_show_command(argument_count, arguments) || is_help_to_show(argument_count, arguments))
        return add_show_command(app, exit_status);
    add("analyze", "Train and score every level and scale on a data set, and report what each contributes");
}

}  // namespace earmark
