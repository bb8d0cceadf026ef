#include "apps/dataset/dataset_command.h"

#include "apps/common/help_formatter.h"
#include "apps/dataset/check_command.h"
#include "apps/dataset/import_command.h"

namespace earmark {

void add_dataset_command(CLI::App& app, int& exit_status) {
    CLI::App* command =
        app.add_subcommand("dataset", "Import data sets into one format (manifest.tsv), and check them for faults");
    command->require_subcommand(1);
    add_import_command(*command, exit_status);
    add_check_command(*command, exit_status);
    command->footer(examples({"earmark dataset import folder ~/moods --out DIR", "earmark dataset check DIR"}));
}

}  // namespace earmark
