#include "apps/library/library_command.h"

#include "apps/common/help_formatter.h"
#include "apps/library/export_command.h"
#include "apps/library/forget_command.h"
#include "apps/library/mix_command.h"
#include "apps/library/path_command.h"
#include "apps/library/scan_command.h"
#include "apps/library/search_command.h"
#include "apps/library/similar_command.h"
#include "apps/library/stats_command.h"
#include "apps/library/watch_command.h"

namespace earmark {

void add_library_command(CLI::App& app, int& exit_status) {
    CLI::App* command =
        app.add_subcommand("library", "Analyze a music library once, then search it by what it sounds like");
    command->require_subcommand(1);
    add_scan_command(*command, exit_status);
    add_watch_command(*command, exit_status);
    add_library_search_command(*command, exit_status);
    add_library_similar_command(*command, exit_status);
    add_library_path_command(*command, exit_status);
    add_library_mix_command(*command, exit_status);
    add_library_stats_command(*command, exit_status);
    add_library_export_command(*command, exit_status);
    add_library_forget_command(*command, exit_status);
    command->footer(
        examples({"earmark library scan ~/Music", "earmark library search 'genre:jazz and calm and not vocal'",
                  "earmark library similar song.mp3"}));
}

}  // namespace earmark
