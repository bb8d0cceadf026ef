#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <regex>
#include <set>

#include "datasets/manifest/dataset.h"
#include "earmark/error.h"
#include "earmark/model.h"
#include "evaluation/score.h"
#include "training/report/study_report.h"
#include "training/run/machine.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"
#include "training/study/study_answers.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t hardest_clip_count = 20;
constexpr std::size_t said_tag_count = 5;
constexpr double least_probability = 1e-6;
constexpr char everything[] = "all levels, all sizes";

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json figure_json(const StudyFigure& figure) {
    Json json{{"value", number(figure.value)},
              {"low", figure.interval ? Json(figure.interval->low) : Json(nullptr)},
              {"high", figure.interval ? Json(figure.interval->high) : Json(nullptr)}};
    if (!figure.by_seed.empty()) {
        for (const auto& seed : figure.by_seed) json["by_seed"].push_back(number(seed));
    }
    return json;
}

Json comparisons_json(const std::vector<StudyComparison>& comparisons, OutputKind output) {
    Json list = Json::array();
    for (const StudyComparison& comparison : comparisons) {
        list.push_back({{"a", comparison.a},
                        {"b", comparison.b},
                        {"metric", output == OutputKind::softmax ? "accuracy" : "roc_auc"},
                        {"difference", figure_json({comparison.difference, comparison.interval, {}})},
                        {"share_at_or_below_zero", number(comparison.share_at_or_below_zero)}});
    }
    return list;
}

Json answers_json(const StudyScores& scores, const StudyFigures& figures) {
    Json list = Json::array();
    for (const StudyAnswer& answer : study_answers(scores, figures)) {
        list.push_back({{"question", answer.question},
                        {"a", answer.comparison.a},
                        {"b", answer.comparison.b},
                        {"verdict", verdict(answer.comparison)},
                        {"sentence", sentence(answer, scores.output)}});
    }
    return list;
}

Json paper_json(const StudyScores& scores) {
    Json rows = Json::array();
    for (const PaperRow& row : paper_rows(scores)) {
        rows.push_back({{"model", row.model},
                        {"mtat_roc_auc", number(row.mtat)},
                        {"msd_roc_auc", number(row.msd)},
                        {"gtzan_accuracy", number(row.gtzan)},
                        {"configuration", row.configuration ? Json(*row.configuration) : Json(nullptr)}});
    }
    return rows;
}

// As Resampling groups them: a clip without an artist is a group of its own.
std::size_t artist_count(const StudyScores& scores) {
    std::set<std::string> artists;
    std::size_t unknown_count = 0;
    for (const ScoredClip& clip : scores.clips) {
        if (clip.artist.empty())
            ++unknown_count;
        else
            artists.insert(plain_artist(clip.artist));
    }
    return artists.size() + unknown_count;
}

/// What the name of a configuration says, for programs.
void describe_name(const std::string& name, Json& json) {
    static const std::regex sized("(local model|level (\\d+)|last level|all levels), (\\d+) frames");
    std::smatch match;
    std::string kind = "other";
    Json level = nullptr;
    Json size = nullptr;
    if (std::regex_match(name, match, sized)) {
        const std::string what = match[1];
        kind = what == "local model" ? "local" : what == "all levels" ? "levels" : "level";
        size = std::stoi(match[3]);
        if (match[2].matched) level = std::stoi(match[2]);
        if (what == "last level") level = "last";
        if (what == "all levels") level = "all";
    } else if (name.starts_with("local models")) {
        kind = "local";
    } else if (name.starts_with("all levels, ")) {
        kind = "union";
        level = "all";
    } else if (name.starts_with("last level, ")) {
        kind = "union";
        level = "last";
    } else if (name.starts_with("mel mean") || name.starts_with("MFCC")) {
        kind = "baseline";
    }
    json["kind"] = kind;
    json["segment_frames"] = size;
    json["level"] = level;
}

Json configuration_json(const StudiedConfiguration& configuration, const ConfigurationFigures& figures,
                        OutputKind output) {
    Json json{{"name", configuration.name}, {"feature_count", configuration.feature_count}};
    describe_name(configuration.name, json);
    const bool one_of_many = output == OutputKind::softmax;
    json["roc_auc"] = figure_json(figures.roc_auc);
    json["average_precision"] = figure_json(figures.average_precision);
    json["accuracy"] = one_of_many ? figure_json(figures.accuracy) : Json(nullptr);
    json["balanced_accuracy"] = one_of_many ? figure_json(figures.balanced_accuracy) : Json(nullptr);
    json["valid_roc_auc"] = number(configuration.valid_roc_auc);
    for (const StudyFigure& tag : figures.tags) json["tags"].push_back({{"roc_auc", figure_json(tag)}});
    return json;
}

Json tags_json(const StudyScores& scores) {
    Json tags = Json::array();
    for (std::size_t i = 0; i < scores.labels.size(); ++i) {
        const Tag tag = tag_from_label(scores.labels[i]);
        const auto positive_count =
            std::ranges::count_if(scores.clips, [&](const ScoredClip& clip) { return clip.targets[i] == 1.0F; });
        tags.push_back({{"label", tag.label},
                        {"name", tag.name},
                        {"category", category_name(tag.category)},
                        {"positive_count", positive_count}});
    }
    return tags;
}

// The epochs of one run's log, task by task. Lines that were cut off are left out.
void add_learning_curves(const std::filesystem::path& run, const std::string& name, Json& curves) {
    std::ifstream log(RunFolder(run).log());
    if (!log) throw Error(ErrorCode::unreadable, RunFolder(run).log().string() + ": cannot be read");
    std::vector<std::string> tasks;
    std::vector<Json> epochs;
    for (std::string line; std::getline(log, line);) {
        const Json entry = Json::parse(line, nullptr, /*allow_exceptions=*/false);
        if (entry.is_discarded() || entry.value("event", "") != "epoch") continue;
        const std::string task = entry.value("task", "");
        const auto place = std::ranges::find(tasks, task) - tasks.begin();
        if (static_cast<std::size_t>(place) == tasks.size()) {
            tasks.push_back(task);
            epochs.push_back(Json::array());
        }
        Json epoch;
        for (const char* key : {"epoch", "loss", "valid_loss", "valid_roc_auc", "learning_rate", "best"}) {
            epoch[key] = entry.value(key, Json(nullptr));
        }
        epochs[static_cast<std::size_t>(place)].push_back(std::move(epoch));
    }
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        curves.push_back({{"run", name}, {"task", tasks[i]}, {"epochs", std::move(epochs[i])}});
    }
}

std::vector<std::filesystem::path> all_runs(const StudyDescription& description, const StudyScores& scores) {
    std::vector<std::filesystem::path> runs;
    for (const std::uint64_t seed : scores.seeds) {
        for (auto& run : run_folders(description.study, seed, scores.fold_count)) runs.push_back(std::move(run));
    }
    return runs;
}

Json filters_json(const Model& model) {
    Json list = Json::array();
    const auto band_count = static_cast<std::size_t>(model.spectrogram.mel_band_count);
    for (std::size_t i = 0; i < model.networks.size(); ++i) {
        const auto kernel = static_cast<std::size_t>(model.architectures[i].layers.front().kernel_frames);
        const std::vector<float>& weights = model.networks[i].convolutions.front().weights;
        Json filters = Json::array();
        for (std::size_t first = 0; first < weights.size(); first += band_count * kernel) {
            Json filter = Json::array();
            for (std::size_t k = 0; k < band_count * kernel; ++k) {
                filter.push_back(std::round(weights[first + k] * 1e4) / 1e4);
            }
            filters.push_back(std::move(filter));
        }
        list.push_back({{"segment_frames", model.architectures[i].segment_frames},
                        {"kernel_frames", kernel},
                        {"mel_band_count", band_count},
                        {"filters", std::move(filters)}});
    }
    return list;
}

const StudiedConfiguration& whole_method(const StudyScores& scores) {
    const auto found = std::ranges::find(scores.configurations, everything, &StudiedConfiguration::name);
    return found == scores.configurations.end() ? scores.configurations.back() : *found;
}

Matrix mean_over_seeds(const StudiedConfiguration& configuration) {
    Matrix mean = configuration.probabilities.front();
    for (std::size_t seed = 1; seed < configuration.probabilities.size(); ++seed) {
        const auto values = configuration.probabilities[seed].values();
        std::ranges::transform(mean.values(), values, mean.values().begin(), std::plus());
    }
    for (float& value : mean.values()) value /= static_cast<float>(configuration.probabilities.size());
    return mean;
}

Json confusion_json(const StudyScores& scores) {
    if (scores.output != OutputKind::softmax) return nullptr;
    const std::size_t count = scores.labels.size();
    std::vector<std::vector<std::size_t>> counts(count, std::vector<std::size_t>(count, 0));
    for (const Matrix& probabilities : whole_method(scores).probabilities) {
        const ConfusionMatrix confusion =
            classification_report(count, clip_rows(probabilities), target_rows(scores.clips)).confusion();
        for (std::size_t truth = 0; truth < count; ++truth) {
            for (std::size_t predicted = 0; predicted < count; ++predicted)
                counts[truth][predicted] += confusion.count(truth, predicted);
        }
    }
    Json labels = Json::array();
    for (const std::string& label : scores.labels) labels.push_back(tag_from_label(label).name);
    return {{"labels", labels}, {"counts", counts}};
}

double loss_of(std::span<const float> probabilities, const std::vector<float>& targets) {
    double loss = 0.0;
    double count = 0.0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (std::isnan(targets[i])) continue;
        const double said = targets[i] == 1.0F ? probabilities[i] : 1.0 - probabilities[i];
        loss -= std::log(std::max(said, least_probability));
        ++count;
    }
    return count > 0.0 ? loss / count : 0.0;
}

Json clip_json(const StudyDescription& description, const StudyScores& scores, std::size_t clip,
               std::span<const float> probabilities, double loss) {
    const ScoredClip& scored = scores.clips[clip];
    const auto name = [&](std::size_t tag) { return tag_from_label(scores.labels[tag]).name; };
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t tag) { return probabilities[tag]; });
    Json json{{"path", scored.path},
              {"file", std::filesystem::absolute(description.audio_folder / scored.path).lexically_normal().string()},
              {"truths", Json::array()},
              {"loss", loss},
              {"said", Json::array()},
              {"missed", Json::array()}};
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::size_t tag = order[i];
        const Json entry{{"tag", name(tag)}, {"probability", probabilities[tag]}};
        if (i < said_tag_count) json["said"].push_back(entry);
        if (scored.targets[tag] != 1.0F) continue;
        json["truths"].push_back(name(tag));
        if (i >= said_tag_count) json["missed"].push_back(entry);
    }
    return json;
}

Json hardest_clips_json(const StudyDescription& description, const StudyScores& scores) {
    const Matrix probabilities = mean_over_seeds(whole_method(scores));
    std::vector<std::pair<double, std::size_t>> losses;
    for (std::size_t clip = 0; clip < scores.clips.size(); ++clip) {
        losses.emplace_back(loss_of(probabilities.row(clip), scores.clips[clip].targets), clip);
    }
    std::ranges::sort(losses, std::ranges::greater());
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(hardest_clip_count, losses.size()); ++i) {
        const auto [loss, clip] = losses[i];
        list.push_back(clip_json(description, scores, clip, probabilities.row(clip), loss));
    }
    return list;
}

}  // namespace

std::string study_json(const StudyDescription& description, const StudyScores& scores, const StudyFigures& figures,
                       const std::optional<StudyBeside>& beside) {
    Json json{{"format", 1},
              {"recipe", description.recipe},
              {"data", description.data},
              {"command", description.command},
              {"date", description.date},
              {"machine", machine()},
              {"output", scores.output == OutputKind::softmax ? "softmax" : "sigmoid"},
              {"seeds", scores.seeds},
              {"fold_count", scores.fold_count},
              {"group", description.bootstrap.by_artist ? Json("artist") : Json(nullptr)},
              {"group_count", description.bootstrap.by_artist ? Json(artist_count(scores)) : Json(nullptr)},
              {"split", "test"},
              {"clip_count", scores.clips.size()},
              {"resample_count", description.bootstrap.resample_count},
              {"tags", tags_json(scores)}};
    for (std::size_t i = 0; i < scores.configurations.size(); ++i) {
        json["configurations"].push_back(
            configuration_json(scores.configurations[i], figures.configurations[i], scores.output));
    }
    json["comparisons"] = comparisons_json(figures.comparisons, scores.output);
    json["answers"] = answers_json(scores, figures);
    json["paper"] = paper_json(scores);
    json["beside"] = nullptr;
    if (beside) {
        json["beside"] = {{"recipe", beside->recipe},
                          {"comparisons", comparisons_json(beside->comparisons, scores.output)}};
    }
    const auto runs = all_runs(description, scores);
    json["learning_curves"] = Json::array();
    for (const auto& run : runs) {
        add_learning_curves(run, run.lexically_relative(description.study).string(), json["learning_curves"]);
    }
    json["confusion"] = confusion_json(scores);
    json["filters"] = filters_json(read_model(RunFolder(runs.front()).model()));
    json["hardest_clips"] = hardest_clips_json(description, scores);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace earmark
