#include "apps/library/scan_command.h"

#include <memory>

#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/library/scan_run.h"
#include "apps/library/scanned_database.h"

namespace earmark {
namespace {

ExitStatus run(const ScanOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    ScannedDatabase database(options);
    const ExitStatus status = scan_library(options, database.catalogue(), model, interrupt.token(), true);
    if (status == ExitStatus::all_done) database.keep();
    return status;
}

}  // namespace

void add_scan_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<ScanOptions>();
    CLI::App* command = library.add_subcommand(
        "scan",
        "Analyze the audio files of a library that are new or have changed, and keep the results in a database");
    add_scan_options(*command, *options);
    command->footer(examples({"earmark library scan ~/Music", "earmark library scan",
                              "earmark library scan /srv/music --db /var/lib/earmark/music.db --jobs 2"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
