#include "apps/dataset/dataset_command.h"

#include "apps/dataset/check_command.h"
#include "apps/dataset/import_command.h"

namespace earmark {

void add_dataset_command(CLI::App& app, int& exit_status) {
    CLI::App* command =
        app.add_subcommand("dataset", "Bring data sets into one form, and look for what is wrong in them");
    command->require_subcommand(1);
    add_import_command(*command, exit_status);
    add_check_command(*command, exit_status);
}

}  // namespace earmark
