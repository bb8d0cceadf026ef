#include <algorithm>
#include <ostream>

#include "apps/evaluate/results.h"
#include "apps/evaluate/shown_metrics.h"
#include "apps/evaluate/text_cells.h"
#include "base/counted.h"

namespace earmark {
namespace {

void write_head(std::ostream& stream, const std::string& what, std::size_t name_width) {
    stream << padded(what, name_width) << "   model   other  difference  " << right("95 % interval", 18)
           << "  not better\n";
}

// One score of both models, their difference and its resamples.
template <template <typename> typename Table, typename Field>
void write_pair(std::ostream& stream, const std::string& name, std::size_t name_width,
                const PairedMetrics<Table>& paired, Field field) {
    const BootstrapDistribution resampled = field(paired.resampled_difference);
    stream << padded(name, name_width) << "  " << right(metric_text(field(paired.model)), 6) << "  "
           << right(metric_text(field(paired.other)), 6) << "  "
           << right(metric_text(field(paired.difference), Sign::always), 10) << "  "
           << right(interval_text(resampled.interval(), Sign::always), 18) << "  "
           << right(metric_text(resampled.share_at_or_below(0.0), Sign::if_negative, 3), 10) << "\n";
}

void write_means(std::ostream& stream, const Comparison& comparison) {
    write_head(stream, "", metric_name_width);
    for_each_tagging_mean([&](const ShownMetric& name, auto field) {
        write_pair(stream, name.title, metric_name_width, comparison.tagging, field);
    });
    if (!comparison.classification) return;
    for_each_classification_metric([&](const ShownMetric& name, auto field) {
        write_pair(stream, name.title, metric_name_width, *comparison.classification, field);
    });
}

void write_tags(std::ostream& stream, const Model& model, const Comparison& comparison) {
    std::size_t name_width = metric_name_width;
    for (const std::size_t tag : comparison.tags)
        name_width = std::max(name_width, display_width(model.tags[tag].name));
    write_head(stream, "ROC-AUC of", name_width);
    for (std::size_t i = 0; i < comparison.tags.size(); ++i) {
        if (!comparison.tagging.model.tags[i].roc_auc) continue;
        write_pair(stream, model.tags[comparison.tags[i]].name, name_width, comparison.tagging,
                   [&](const auto& table) { return table.tags[i].roc_auc; });
    }
}

}  // namespace

void write_comparison(std::ostream& stream, const EvaluationResults& results) {
    const Comparison& comparison = results.compared->comparison;
    stream << "\ncompared with " << results.compared->model->name << " (" << results.compared->path
           << ") on the same clips, " << counted(comparison.tags.size(), "common tag") << "\n";
    write_means(stream, comparison);
    stream << "not better: share of the resamples in which the model was not better than the other\n\n";
    write_tags(stream, *results.model, comparison);
}

}  // namespace earmark
