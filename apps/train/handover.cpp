#include "apps/train/handover.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "apps/analyze/show_command.h"
#include "apps/common/installation.h"
#include "earmark/error.h"

namespace earmark {
namespace {

[[noreturn]] void hand_over(char** arguments) {
    const std::string program = (program_folder() / "earmark-train").string();
    execv(program.c_str(), arguments);
    throw Error(ErrorCode::not_found,
                program + ": cannot be started (" + std::strerror(errno) +
                    "); train, teach and analyze need this program, which is built if libtorch is installed");
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
    if (is_show_command(argument_count, arguments)) return add_show_command(app, exit_status);
    add("analyze", "Train and score every level and scale on a data set, and report what each contributes");
}

}  // namespace earmark
