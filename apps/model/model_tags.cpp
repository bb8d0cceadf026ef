#include "apps/model/model_tags.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "apps/common/terminal.h"

namespace earmark {
namespace {

std::string score_text(const std::optional<TagScore>& score) {
    if (!score) return {};
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << score->roc_auc << " (" << score->low << " to " << score->high << ")";
    return text.str();
}

}  // namespace

void print_tags_as_text(const Model& model) {
    std::size_t width = std::string_view("tag").size();
    for (const Tag& tag : model.tags) width = std::max(width, display_width(tag.name));
    std::cout << padded("tag", width) << "  category    threshold  ROC-AUC              what it is\n";
    for (const Tag& tag : model.tags) {
        std::ostringstream threshold;
        threshold << std::fixed << std::setprecision(2) << tag.threshold;
        std::string facts = tag.meaning;
        const auto add = [&facts](const std::string& fact) { facts += (facts.empty() ? "" : "; ") + fact; };
        if (!tag.parent.empty()) add("a kind of " + tag.parent);
        if (!tag.source.empty()) add("labels: " + tag.source);
        const std::string line = padded(tag.name, width) + "  " + padded(category_name(tag.category), 10) + "  " +
                                 padded(threshold.str(), 9) + "  " + padded(score_text(tag.score), 19) + "  " + facts;
        std::cout << line.substr(0, line.find_last_not_of(' ') + 1) << "\n";
    }
}

void print_tags_as_json(const Model& model) {
    using Json = nlohmann::ordered_json;
    Json tags = Json::array();
    for (const Tag& tag : model.tags) {
        Json json = {{"tag", tag.name},
                     {"label", tag.label},
                     {"category", category_name(tag.category)},
                     {"threshold", std::round(tag.threshold * 1e6) / 1e6},
                     {"meaning", tag.meaning},
                     {"parent", tag.parent},
                     {"source", tag.source},
                     {"score", nullptr}};
        if (tag.score)
            json["score"] = {{"roc_auc", tag.score->roc_auc}, {"low", tag.score->low}, {"high", tag.score->high}};
        tags.push_back(std::move(json));
    }
    std::cout << tags.dump(2) << "\n";
}

}  // namespace earmark
