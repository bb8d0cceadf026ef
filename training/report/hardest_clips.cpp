#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <numeric>

#include "earmark/model.h"
#include "metrics/truth.h"
#include "training/report/report_json.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t hardest_clip_count = 20;
constexpr std::size_t predicted_tag_count = 5;
constexpr double least_probability = 1e-6;

Matrix mean_over_seeds(const StudiedConfiguration& configuration) {
    Matrix mean = configuration.probabilities.front();
    for (std::size_t seed = 1; seed < configuration.probabilities.size(); ++seed) {
        const auto values = configuration.probabilities[seed].values();
        std::ranges::transform(mean.values(), values, mean.values().begin(), std::plus());
    }
    for (float& value : mean.values()) value /= static_cast<float>(configuration.probabilities.size());
    return mean;
}

// The mean of -ln of the probability given to the truth, over the labels whose truth is known.
double loss_of(std::span<const float> probabilities, const std::vector<float>& targets) {
    double loss = 0.0;
    double count = 0.0;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const Truth truth = truth_of_target(targets[i]);
        if (truth == Truth::unknown) continue;
        const double of_truth = truth == Truth::present ? probabilities[i] : 1.0 - probabilities[i];
        loss -= std::log(std::max(of_truth, least_probability));
        ++count;
    }
    return count > 0.0 ? loss / count : 0.0;
}

// A report that is given to somebody else names no folder of its maker.
std::filesystem::path seen_from(const std::filesystem::path& folder, const std::filesystem::path& file) {
    return std::filesystem::absolute(file).lexically_normal().lexically_relative(
        std::filesystem::absolute(folder / "").lexically_normal());
}

std::vector<std::size_t> most_probable_first(std::span<const float> probabilities) {
    std::vector<std::size_t> order(probabilities.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(), [&](std::size_t tag) { return probabilities[tag]; });
    return order;
}

Json clip_json(const StudyDescription& description, const StudyScores& scores, std::size_t clip,
               std::span<const float> probabilities, double loss) {
    const ScoredClip& scored = scores.clips[clip];
    const std::filesystem::path file = seen_from(description.study, description.audio_folder / scored.path);
    const bool is_absolute = std::filesystem::path(scored.path).is_absolute();
    Json json{{"path", is_absolute ? file.string() : scored.path},
              {"file", file.string()},
              {"truths", Json::array()},
              {"loss", loss},
              {"predicted", Json::array()},
              {"missed", Json::array()}};
    const std::vector<std::size_t> order = most_probable_first(probabilities);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const std::string name = tag_from_label(scores.labels[order[i]]).name;
        const Json entry{{"tag", name}, {"probability", probabilities[order[i]]}};
        if (i < predicted_tag_count) json["predicted"].push_back(entry);
        if (truth_of_target(scored.targets[order[i]]) != Truth::present) continue;
        json["truths"].push_back(name);
        if (i >= predicted_tag_count) json["missed"].push_back(entry);
    }
    return json;
}

}  // namespace

Json hardest_clips_json(const StudyDescription& description, const StudyScores& scores) {
    const Matrix probabilities = mean_over_seeds(scores.configurations[place_of_whole_method(scores)]);
    std::vector<std::pair<double, std::size_t>> losses;
    for (std::size_t clip = 0; clip < scores.clips.size(); ++clip)
        losses.emplace_back(loss_of(probabilities.row(clip), scores.clips[clip].targets), clip);
    std::ranges::sort(losses, std::ranges::greater());
    losses.resize(std::min(hardest_clip_count, losses.size()));
    Json list = Json::array();
    for (const auto& [loss, clip] : losses)
        list.push_back(clip_json(description, scores, clip, probabilities.row(clip), loss));
    return list;
}

}  // namespace earmark
