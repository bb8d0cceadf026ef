#include "apps/model/model_info.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>
#include <string>

#include "base/counted.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

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

void print_names_of_tags(const Model& model) {
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

std::size_t calibrated_count(const Model& model) {
    const auto is_calibrated = [](const Tag& tag) { return tag.calibration.kind == Calibration::Kind::platt; };
    return static_cast<std::size_t>(std::ranges::count_if(model.tags, is_calibrated));
}

// Nothing for a model whose probabilities are all what the classifier puts out.
std::string calibration_line(const Model& model) {
    const std::size_t count = calibrated_count(model);
    if (count == 0) return {};
    return "calibrated    " + std::to_string(count) + " of " + std::to_string(model.tags.size()) +
           " tags (Platt scaling)\n";
}

std::string gate_line(const Model& model) {
    if (!model.gate) return "gate          none: every clip counts as music\n";
    return "gate          finds what is not music, and music unlike that of the training (" +
           counted(static_cast<std::uint64_t>(model.gate->component_count), "principal component") + ")\n";
}

std::string_view name_of(WeightType type) { return type == WeightType::float16 ? "float16" : "float32"; }

Json layers_json(std::span<const LayerWeights> layers) {
    Json counts = Json::array();
    for (const LayerWeights& layer : layers) counts.push_back(layer.biases.size());
    return counts;
}

Json networks_json(const Model& model) {
    Json networks = Json::array();
    for (const NetworkArchitecture& architecture : model.architectures) {
        Json levels = Json::array();
        for (const ConvolutionLayer& layer : architecture.layers)
            levels.push_back({{"kernel_frames", layer.kernel_frames},
                              {"filter_count", layer.filter_count},
                              {"pool_frames", layer.pool_frames}});
        networks.push_back({{"segment_frames", architecture.segment_frames},
                            {"segment_s", architecture.segment_frames / model.spectrogram.frames_per_second()},
                            {"levels", std::move(levels)},
                            {"dense_unit_count", architecture.dense_unit_count}});
    }
    return networks;
}

Json classifier_json(const ClassifierWeights& classifier) {
    Json members = Json::array();
    for (const ClassifierMember& member : classifier.members)
        members.push_back({{"input_count", member.input_count}, {"hidden_units", layers_json(member.layers)}});
    return {{"members", std::move(members)},
            {"hidden_units", layers_json(std::span(classifier.layers).first(classifier.layers.size() - 1))},
            {"output", classifier.output == OutputKind::sigmoid ? "sigmoid" : "softmax"}};
}

Json gate_json(const Model& model) {
    if (!model.gate) return nullptr;
    return {{"least_music_probability", model.gate->least_music_probability},
            {"greatest_distance", model.gate->greatest_distance},
            {"component_count", model.gate->component_count}};
}

Json scores_json(const Provenance& provenance) {
    Json scores = Json::array();
    for (const Score& score : provenance.scores)
        scores.push_back({{"metric", score.metric}, {"split", score.split}, {"value", score.value}});
    return scores;
}

Json tags_json(const Model& model) {
    Json labels = Json::array();
    for (const Tag& tag : model.tags) labels.push_back(tag.label);
    return labels;
}

}  // namespace

void print_info_as_text(const Model& model, const std::filesystem::path& path) {
    const ModelFileFormat format = model_file_format(path);
    const SpectrogramSettings& spectrogram = model.spectrogram;
    std::cout << path.string() << "\n\n"
              << "name          " << model.name << "\n"
              << "identity      " << model_identity(model) << "\n"
              << "format        version " << format.version << ", weights as " << name_of(model.weight_type)
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
              << calibration_line(model) << gate_line(model);
    for (const Score& score : model.provenance.scores) {
        std::cout << "score         " << score.metric << " on " << score.split << ": " << std::fixed
                  << std::setprecision(4) << score.value << "\n";
    }
    std::cout << "tags          " << model.tags.size() << "\n";
    print_names_of_tags(model);
}

void print_info_as_json(const Model& model, const std::filesystem::path& path) {
    const ModelFileFormat format = model_file_format(path);
    const SpectrogramSettings& spectrogram = model.spectrogram;
    const Provenance& provenance = model.provenance;
    const Json info = {
        {"path", path.string()},
        {"name", model.name},
        {"identity", model_identity(model)},
        {"format_version", format.version},
        {"weights", name_of(model.weight_type)},
        {"has_checksum", format.has_checksum},
        {"size_bytes", std::filesystem::file_size(path)},
        {"license", provenance.license},
        {"training_data", provenance.training_data},
        {"command", provenance.command},
        {"date", provenance.date},
        {"spectrogram",
         {{"sample_rate_hz", spectrogram.sample_rate_hz},
          {"window_samples", spectrogram.window_samples},
          {"hop_samples", spectrogram.hop_samples},
          {"mel_band_count", spectrogram.mel_band_count}}},
        {"networks", networks_json(model)},
        {"embedding_values", model.feature_count()},
        {"classifier", classifier_json(model.classifier)},
        {"calibrated_tags", calibrated_count(model)},
        {"gate", gate_json(model)},
        {"scores", scores_json(provenance)},
        {"tags", tags_json(model)},
    };
    std::cout << info.dump(2, ' ', false, Json::error_handler_t::replace) << "\n";
}

}  // namespace earmark
