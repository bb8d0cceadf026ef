#include "apps/model/model_command.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <map>
#include <span>
#include <sstream>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/program.h"
#include "apps/model/model_tags.h"
#include "base/counted.h"
#include "earmark/error.h"
#include "earmark/tagger.h"

namespace earmark {
namespace {

struct ModelOptions {
    std::string model;
    std::string format = "text";  ///< of the tags
};

void add_model_option(CLI::App& command, const std::shared_ptr<ModelOptions>& options) {
    command.add_option("FILE", options->model,
                       "Model file, or 'default' (default: the one that EARMARK_MODEL names, else the default model)");
}

std::string describe(const NetworkArchitecture& architecture, const SpectrogramSettings& spectrogram) {
    std::ostringstream text;
    text << architecture.segment_frames << " frames (" << std::fixed << std::setprecision(2)
         << architecture.segment_frames / spectrogram.frames_per_second() << " s):";
    for (const ConvolutionLayer& layer : architecture.layers) {
        text << " " << layer.kernel_frames << "x" << layer.filter_count << "/" << layer.pool_frames;
    }
    text << ", dense " << architecture.dense_unit_count;
    return text.str();
}

std::string unit_counts(std::span<const LayerWeights> layers) {
    std::string text;
    for (const LayerWeights& layer : layers) text += (text.empty() ? "" : ", ") + std::to_string(layer.biases.size());
    return text;
}

std::string describe(const ClassifierWeights& classifier) {
    std::string text;
    for (const ClassifierMember& member : classifier.members) {
        text += (text.empty() ? "late fusion of hidden layers of " : "; ") + unit_counts(member.layers) + " for " +
                std::to_string(member.input_count) + " values";
    }
    const std::string hidden = unit_counts(std::span(classifier.layers).first(classifier.layers.size() - 1));
    if (!hidden.empty()) text += (text.empty() ? "" : "; then ") + ("hidden layers of " + hidden);
    return text.empty() ? "no hidden layer" : text;
}

void print_tags(const Model& model) {
    std::map<TagCategory, std::string> names;
    for (const Tag& tag : model.tags) {
        std::string& line = names[tag.category];
        line += (line.empty() ? "" : ", ") + tag.name;
    }
    for (const auto& [category, line] : names) std::cout << "  " << category_name(category) << ": " << line << "\n";
}

// Unknown fields have no line.
std::string provenance_lines(const Provenance& provenance) {
    std::string text;
    if (!provenance.license.empty()) text += "license       " + provenance.license + "\n";
    if (!provenance.training_data.empty()) text += "trained on    " + provenance.training_data + "\n";
    if (!provenance.command.empty()) text += "trained by    " + provenance.command + "\n";
    if (!provenance.date.empty()) text += "date          " + provenance.date + "\n";
    return text;
}

// Nothing for a model whose probabilities are all what the classifier puts out.
std::string calibration_line(const Model& model) {
    const auto is_calibrated = [](const Tag& tag) { return tag.calibration.kind == Calibration::Kind::platt; };
    const auto count = std::ranges::count_if(model.tags, is_calibrated);
    if (count == 0) return {};
    return "calibrated    " + std::to_string(count) + " of " + std::to_string(model.tags.size()) +
           " tags (Platt scaling)\n";
}

ExitStatus print_info(const ModelOptions& options) {
    const std::filesystem::path path = model_or_default(options.model);
    const Model model = read_model(path);
    const ModelFileFormat format = model_file_format(path);
    const SpectrogramSettings& spectrogram = model.spectrogram;
    std::cout << path.string() << "\n\n"
              << "name          " << model.name << "\n"
              << "identity      " << model_identity(model) << "\n"
              << "format        version " << format.version << ", weights as "
              << (model.weight_type == WeightType::float16 ? "float16" : "float32")
              << (format.has_checksum ? ", with a checksum" : ", without a checksum") << "\n"
              << "size          " << std::filesystem::file_size(path) << " bytes\n"
              << provenance_lines(model.provenance) << "spectrogram   " << spectrogram.sample_rate_hz << " Hz, window "
              << spectrogram.window_samples << ", hop " << spectrogram.hop_samples << ", " << spectrogram.mel_band_count
              << " mel bands\n";
    for (const NetworkArchitecture& architecture : model.architectures) {
        std::cout << "network       " << describe(architecture, spectrogram) << "\n";
    }
    std::cout << "embedding     " << counted(model.feature_count(), "value") << "\n"
              << "classifier    " << describe(model.classifier) << ", "
              << (model.classifier.output == OutputKind::sigmoid ? "sigmoid (any number of tags)"
                                                                 : "softmax (single-label)")
              << "\n"
              << calibration_line(model);
    for (const Score& score : model.provenance.scores) {
        std::cout << "score         " << score.metric << " on " << score.split << ": " << std::fixed
                  << std::setprecision(4) << score.value << "\n";
    }
    std::cout << "tags          " << model.tags.size() << "\n";
    print_tags(model);
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
    add_model_option(*info, options);
    info->footer(examples({"earmark model info", "earmark model info RUN/model.earmark"}));
    info->callback([options, &exit_status] { exit_status = exit_code(print_info(*options)); });

    CLI::App* tags = command->add_subcommand(
        "tags", "Print each tag of a model: what it means, where its labels come from, and how well it is predicted");
    add_model_option(*tags, options);
    add_format_option(*tags, options->format, {"text", "json"});
    tags->footer(examples({"earmark model tags", "earmark model tags --format json RUN/model.earmark"}));
    tags->callback([options, &exit_status] { exit_status = exit_code(print_tags_of(*options)); });

    CLI::App* verification = command->add_subcommand("verify", "Run the model's self-test on this machine");
    add_model_option(*verification, options);
    verification->footer(examples({"earmark model verify", "earmark model verify RUN/model.earmark"}));
    verification->callback([options, &exit_status] { exit_status = exit_code(verify(*options)); });
}

}  // namespace earmark
