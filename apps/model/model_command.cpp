#include "apps/model/model_command.h"

#include <cmath>
#include <iomanip>
#include <iostream>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/model_option.h"
#include "apps/common/program.h"
#include "apps/model/model_info.h"
#include "apps/model/model_tags.h"
#include "earmark/error.h"
#include "earmark/tagger.h"

namespace earmark {
namespace {

struct ModelOptions {
    std::string model;
    std::string format = "text";  ///< of info and tags
};

ExitStatus print_info(const ModelOptions& options) {
    const std::filesystem::path path = model_or_default(options.model);
    const Model model = read_model(path);
    options.format == "json" ? print_info_as_json(model, path) : print_info_as_text(model, path);
    return ExitStatus::all_done;
}

ExitStatus print_tags_of(const ModelOptions& options) {
    const Model model = read_model(model_or_default(options.model));
    options.format == "json" ? print_tags_as_json(model) : print_tags_as_text(model);
    return ExitStatus::all_done;
}

ExitStatus verify(const ModelOptions& options) {
    const std::filesystem::path path = model_or_default(options.model);
    const auto model = std::make_shared<const Model>(read_model(path));
    if (model->self_test.probabilities.empty())
        throw Error(ErrorCode::invalid_model, path.string() + ": this model file has no self-test");
    const std::vector<float> found = self_test_probabilities(model);
    std::size_t worst = 0;
    double greatest = 0.0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double difference = std::abs(found[i] - model->self_test.probabilities[i]);
        if (!(difference <= greatest)) worst = i;
        if (!(difference <= greatest)) greatest = difference;
    }
    if (!(greatest <= model->self_test.tolerance)) {
        print_message(path.string() + ": the self-test failed: the probability of '" + model->tags[worst].name +
                      "' is " + std::to_string(found[worst]) + ", expected " +
                      std::to_string(model->self_test.probabilities[worst]));
        return ExitStatus::item_failed;
    }
    std::cout << path.string() << ": the self-test passed; greatest difference of a probability " << std::scientific
              << std::setprecision(1) << greatest << ", allowed " << model->self_test.tolerance << "; "
              << (model_file_format(path).has_checksum ? "the checksum of the file is right"
                                                       : "the file has no checksum, so small damage would not show")
              << "\n";
    return ExitStatus::all_done;
}

}  // namespace

void add_model_command(CLI::App& app, int& exit_status) {
    CLI::App* command = app.add_subcommand("model", "Describe a model file or its tags, or run its self-test");
    command->require_subcommand(1);
    command->footer(examples({"earmark model info", "earmark model verify RUN/model.earmark"}));
    const auto options = std::make_shared<ModelOptions>();

    CLI::App* info =
        command->add_subcommand("info", "Print what a model file contains: tags, networks, training data and scores");
    add_model_argument(*info, options->model);
    add_format_option(*info, options->format, {"text", "json"});
    info->footer(examples({"earmark model info", "earmark model info --format json RUN/model.earmark"}));
    info->callback([options, &exit_status] { exit_status = exit_code(print_info(*options)); });

    CLI::App* tags = command->add_subcommand(
        "tags", "Print each tag of a model: what it means, where its labels come from, and how well it is predicted");
    add_model_argument(*tags, options->model);
    add_format_option(*tags, options->format, {"text", "json"});
    tags->footer(examples({"earmark model tags", "earmark model tags --format json RUN/model.earmark"}));
    tags->callback([options, &exit_status] { exit_status = exit_code(print_tags_of(*options)); });

    CLI::App* verification = command->add_subcommand("verify", "Run the model's self-test on this machine");
    add_model_argument(*verification, options->model);
    verification->footer(examples({"earmark model verify", "earmark model verify RUN/model.earmark"}));
    verification->callback([options, &exit_status] { exit_status = exit_code(verify(*options)); });
}

}  // namespace earmark
