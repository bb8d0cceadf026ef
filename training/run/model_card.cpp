#include "training/run/model_card.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <sstream>

#include "base/counted.h"
#include "training/run/machine.h"

namespace earmark {
namespace {

std::string score_text(const std::optional<double>& value) {
    if (!value) return "-";
    std::ostringstream text;
    text << std::fixed << std::setprecision(4) << *value;
    return text.str();
}

std::string score_of(const Model& model, const std::string& metric, const std::string& split) {
    for (const Score& score : model.provenance.scores) {
        if (score.metric == metric && score.split == split) return score_text(score.value);
    }
    return "-";
}

void write_speed(std::ostream& text, const std::map<int, double>& frames_per_second) {
    if (frames_per_second.empty()) return;
    text << "\nStep 1 trained at";
    const char* separator = " ";
    for (const auto& [scale, speed] : frames_per_second) {
        text << separator << std::llround(speed) << " frames per second (" << scale << " frames)";
        separator = ", ";
    }
    text << ", medians over the epochs.\n";
}

void write_calibration(std::ostream& text, const CalibrationReport& report, const std::string& split) {
    const std::optional<double> error = report.expected_error();
    if (!error) return;
    text
        << "\n## Reliability\n\nHow often a tag is there, by its probability, over all tags and the clips of the split "
        << split << ". Expected calibration error: " << score_text(error)
        << ".\n\n| probability | predictions | mean probability | share that is right |\n|---|---:|---:|---:|\n";
    for (std::size_t i = 0; i < CalibrationReport::bin_count; ++i) {
        const CalibrationReport::Bin& bin = report.bins()[i];
        if (bin.count == 0) continue;
        text << std::fixed << std::setprecision(1) << "| " << static_cast<double>(i) / CalibrationReport::bin_count
             << " to " << static_cast<double>(i + 1) / CalibrationReport::bin_count << " | " << bin.count << " | "
             << std::setprecision(3) << bin.mean_probability() << " | " << bin.frequency() << " |\n";
    }
}

void write_gate(std::ostream& text, const GateAnswers& answers) {
    if (answers.music_count == 0) return;
    text << "\n## Music or not\n\nOf the " << answers.music_count << " clips of the split valid that are music, "
         << answers.called_not_music << " are called not music and " << answers.called_unsure << " unsure. Of the "
         << answers.not_music_count << " that are not music, " << answers.found_not_music << " are called so.\n";
}

std::string decided_by(const Model& model, const TrainingOutcome& outcome) {
    if (model.classifier.output == OutputKind::softmax) return "Early stopping uses the validation split.";
    if (!outcome.is_decided_out_of_fold) return "Early stopping and thresholds use the validation split.";
    return "Early stopping uses the validation split. Thresholds and calibration come from a cross-validation over the "
           "training and validation splits.";
}

std::string score_cell(const std::optional<TagScore>& score) {
    if (!score) return "";
    std::ostringstream text;
    text << std::fixed << std::setprecision(3) << score->roc_auc << " (" << score->low << " to " << score->high << ")";
    return text.str();
}

void write_tags(std::ostream& text, const Model& model) {
    const bool has_thresholds = model.classifier.output == OutputKind::sigmoid;
    const bool has_scores = std::ranges::any_of(model.tags, [](const Tag& tag) { return tag.score.has_value(); });
    text << "\n## Tags\n\n";
    if (has_scores)
        text << "ROC-AUC on clips that were not learned from, with its 95 % interval over artists: in a "
                "cross-validation "
                "over the training and validation splits, unless the vocabulary states another. Labels of people count "
                "where there are any, else those of the source.\n\n";
    text << "| tag | category |" << (has_thresholds ? " threshold |" : "") << (has_scores ? " ROC-AUC | labels |" : "")
         << "\n|---|---|" << (has_thresholds ? "---|" : "") << (has_scores ? "---|---|" : "") << '\n';
    for (const Tag& tag : model.tags) {
        text << "| " << tag.name << " | " << category_name(tag.category) << " |";
        if (has_thresholds) text << ' ' << std::fixed << std::setprecision(3) << tag.threshold << " |";
        if (has_scores) text << ' ' << score_cell(tag.score) << " | " << tag.source << " |";
        text << '\n';
    }
}

}  // namespace

std::string results_table(const std::vector<ConfigurationResult>& results) {
    const bool has_accuracy =
        std::ranges::any_of(results, [](const auto& result) { return result.valid.accuracy.has_value(); });
    std::size_t width = std::string_view("configuration").size();
    for (const ConfigurationResult& result : results) width = std::max(width, to_string(result.id).size());
    std::ostringstream text;
    const auto row = [&](const std::string& name, const std::vector<std::string>& cells) {
        text << "| " << std::left << std::setw(static_cast<int>(width)) << name << " |" << std::right;
        for (const std::string& cell : cells) text << ' ' << std::setw(16) << cell << " |";
        text << '\n';
    };
    std::vector<std::string> titles{"embedding length", "valid ROC-AUC", "valid AP", "test ROC-AUC", "test AP"};
    if (has_accuracy) titles.insert(titles.end(), {"valid accuracy", "test accuracy"});
    row("configuration", titles);
    row(std::string(width, '-'), std::vector<std::string>(titles.size(), "---------------:"));
    for (const ConfigurationResult& result : results) {
        std::vector<std::string> cells{result.feature_count > 0 ? std::to_string(result.feature_count) : "",
                                       score_text(result.valid.roc_auc), score_text(result.valid.average_precision),
                                       score_text(result.test.roc_auc), score_text(result.test.average_precision)};
        if (has_accuracy)
            cells.insert(cells.end(), {score_text(result.valid.accuracy), score_text(result.test.accuracy)});
        row(to_string(result.id), cells);
    }
    return text.str();
}

std::string model_card(const Model& model, const TrainingOptions& options, const TrainingOutcome& outcome) {
    std::ostringstream text;
    text << "# Model card: " << model.name << "\n\n"
         << "A music tagger after Lee & Nam 2017 (arXiv 1703.01793): "
         << counted(model.networks.size(), "local network") << ", " << counted(model.feature_count(), "value")
         << " in the embedding of a clip, " << counted(model.tags.size(), "tag") << ".\n\n"
         << "| | |\n|---|---|\n"
         << "| trained on | " << model.provenance.training_data << " |\n"
         << "| command | `" << options.command << "` |\n"
         << "| date | " << model.provenance.date << " |\n"
         << "| machine | " << machine() << " |\n"
         << "| device | " << to_string(outcome.device) << " |\n"
         << "| license | " << model.provenance.license << " |\n"
         << "| weights | " << (model.weight_type == WeightType::float16 ? "float16" : "float32") << " |\n"
         << "| scores of this file | ROC-AUC " << score_of(model, "roc_auc", "valid") << " valid, "
         << score_of(model, "roc_auc", "test") << " test; average precision "
         << score_of(model, "average_precision", "valid") << " valid, " << score_of(model, "average_precision", "test")
         << " test |\n"
         << "\n## Scores\n\nMeans over the tags that have positives and negatives in the split. "
         << decided_by(model, outcome) << " The test split is scored after all training.\n\n"
         << results_table(outcome.results);
    write_speed(text, outcome.frames_per_second);
    write_calibration(text, outcome.calibration, outcome.calibration_split);
    write_gate(text, outcome.gate);
    write_tags(text, model);
    return text.str();
}

}  // namespace earmark
