#include <nlohmann/json.hpp>

#include "earmark/model.h"
#include "evaluation/score.h"
#include "training/report/report_json.h"

namespace earmark {

using Json = nlohmann::ordered_json;

Json confusion_json(const StudyScores& scores) {
    if (scores.output != OutputKind::softmax) return nullptr;
    const std::size_t count = scores.labels.size();
    std::vector<std::vector<std::size_t>> counts(count, std::vector<std::size_t>(count, 0));
    for (const Matrix& probabilities : scores.configurations[place_of_whole_method(scores)].probabilities) {
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

}  // namespace earmark
