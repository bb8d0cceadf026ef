#include "apps/analyze/analyze_command.h"
#include "apps/analyze/show_command.h"
#include "apps/common/program.h"
#include "apps/teach/teach_command.h"
#include "apps/train/train_command.h"
#include "apps/train/training_process.h"

int main(int argument_count, char** arguments) {
    if (const auto status = earmark::run_as_process({arguments + 1, arguments + argument_count})) return *status;
    // Records show `earmark train`, also when the user ran earmark-train.
    const std::string typed = "earmark " + earmark::command_line(argument_count - 1, arguments + 1);
    return earmark::run_program("Trains models for Earmark. `earmark train`, `teach` and `analyze` start this program.",
                                argument_count, arguments, [&](CLI::App& app, int& exit_status) {
                                    earmark::add_train_command(app, typed, exit_status);
                                    earmark::add_teach_command(app, typed, exit_status);
                                    if (earmark::is_show_command(argument_count, arguments))
                                        earmark::add_show_command(app, exit_status);
                                    else
                                        earmark::add_analyze_command(app, typed, exit_status);
                                });
}
