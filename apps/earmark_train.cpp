#include "apps/analyze/analyze_command.h"
#include "apps/common/program.h"
#include "apps/teach/teach_command.h"
#include "apps/train/train_command.h"

int main(int argument_count, char** arguments) {
    // Records show `earmark train`, also when the user ran earmark-train.
    const std::string typed = "earmark " + earmark::command_line(argument_count - 1, arguments + 1);
    return earmark::run_program("Trains models for Earmark; `earmark train`, `teach` and `analyze` call this program.",
                                argument_count, arguments, [&typed](CLI::App& app, int& exit_status) {
                                    earmark::add_train_command(app, typed, exit_status);
                                    earmark::add_teach_command(app, typed, exit_status);
                                    earmark::add_analyze_command(app, typed, exit_status);
                                });
}
