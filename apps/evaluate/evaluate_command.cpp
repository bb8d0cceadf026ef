#include "apps/evaluate/evaluate_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "apps/common/installation.h"
#include "apps/common/precision_option.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/common/terminal.h"
#include "apps/evaluate/evaluation.h"
#include "earmark/error.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

struct EvaluateOptions {
    std::string model;
    std::string data;
    std::string split = "test";
    Precision precision = Precision::automatic;
    std::string format = "text";
    std::size_t worker_count = std::max(1U, std::thread::hardware_concurrency());
};

Json figure_json(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

std::string figure_text(const std::optional<double>& value) {
    if (!value) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << *value;
    return text.str();
}

void write_json(std::ostream& stream, const Model& model, const EvaluateOptions& options,
                const Evaluation& evaluation) {
    const TaggingReport& report = evaluation.report;
    Json json{{"model", model.name},
              {"data", options.data},
              {"split", options.split},
              {"clips", report.clip_count()},
              {"roc_auc", figure_json(report.roc_auc())},
              {"average_precision", figure_json(report.average_precision())},
              {"tags", Json::array()},
              {"left_out", Json::array()},
              {"problems", evaluation.problems}};
    const std::vector<TagFigures> figures = report.per_tag();
    for (std::size_t i = 0; i < figures.size(); ++i) {
        json["tags"].push_back({{"tag", model.tags[i].name},
                                {"category", category_name(model.tags[i].category)},
                                {"clips", figures[i].positive_count},
                                {"roc_auc", figure_json(figures[i].roc_auc)},
                                {"average_precision", figure_json(figures[i].average_precision)}});
    }
    for (const std::size_t tag : report.left_out()) json["left_out"].push_back(model.tags[tag].name);
    stream << json.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

void write_text(std::ostream& stream, const Model& model, const EvaluateOptions& options,
                const Evaluation& evaluation) {
    const TaggingReport& report = evaluation.report;
    std::size_t name_width = 3;
    for (const Tag& tag : model.tags) name_width = std::max(name_width, display_width(tag.name));
    stream << padded("tag", name_width) << "  " << padded("category", 10) << "  clips  ROC-AUC  average precision\n";
    const std::vector<TagFigures> figures = report.per_tag();
    for (std::size_t i = 0; i < figures.size(); ++i) {
        stream << padded(model.tags[i].name, name_width) << "  " << padded(category_name(model.tags[i].category), 10)
               << "  " << std::setw(5) << figures[i].positive_count << "  " << std::setw(7)
               << figure_text(figures[i].roc_auc) << "  " << std::setw(17) << figure_text(figures[i].average_precision)
               << "\n";
    }
    stream << "\n"
           << report.clip_count() << " clips of " << options.data << ", split " << options.split << "\n"
           << "ROC-AUC            " << figure_text(report.roc_auc()) << "  mean over tags\n"
           << "average precision  " << figure_text(report.average_precision()) << "  mean over tags\n";
    for (const std::size_t tag : report.left_out()) {
        stream << "left out           " << model.tags[tag].name
               << (figures[tag].positive_count == 0 ? ": no clip has this tag\n"
                                                    : ", of the mean ROC-AUC: every clip has this tag\n");
    }
}

int run(const EvaluateOptions& options) {
    const auto model = std::make_shared<const Model>(read_model(model_or_default(options.model)));
    const Dataset dataset = read_manifest(options.data);
    ProgressLine progress_line("clips");
    const Evaluation evaluation = evaluate(model, dataset, options.split, options.precision, options.worker_count,
                                           [&](std::size_t done, std::size_t all) { progress_line.show(done, all); });
    progress_line.clear();
    for (const std::string& problem : evaluation.problems) print_message(problem);
    if (evaluation.report.clip_count() == 0) {
        throw Error(ErrorCode::invalid_dataset,
                    dataset.manifest.string() + ": not one clip of the split '" + options.split + "' can be used");
    }
    if (options.format == "json")
        write_json(std::cout, *model, options, evaluation);
    else
        write_text(std::cout, *model, options, evaluation);
    return evaluation.problems.empty() ? 0 : 1;
}

}  // namespace

void add_evaluate_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<EvaluateOptions>();
    CLI::App* command = app.add_subcommand("evaluate", "Measure how well a model tells the tags of a data set");
    command->add_option("--model", options->model, "Model file; without it the one that is installed with the program")
        ->type_name("FILE");
    command->add_option("--data", options->data, "Folder with manifest.tsv")->type_name("DIR")->required();
    command->add_option("--split", options->split, "Which clips of the manifest")->capture_default_str();
    command->add_option("--format", options->format, "How results are written")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    add_precision_option(*command, options->precision);
    command->add_option("--jobs", options->worker_count, "Clips at the same time; without it one a core")
        ->type_name("N")
        ->check(CLI::Range(1, 1024));
    command->callback([options, &exit_status] { exit_status = run(*options); });
}

}  // namespace earmark
