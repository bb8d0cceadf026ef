#include "metrics/ranked_report.h"

#include "metrics/mean.h"

namespace earmark {

RankedReport::RankedReport(const TaggingReport& report) {
    tags_.reserve(report.tag_count());
    for (std::size_t tag = 0; tag < report.tag_count(); ++tag) tags_.emplace_back(report.scores(tag));
}

TaggingMetrics RankedReport::metrics(std::span<const std::uint32_t> clip_counts) const {
    TaggingMetrics table;
    table.tags.reserve(tags_.size());
    MeanOfDefined roc_auc;
    MeanOfDefined average_precision;
    MeanOfDefined f1;
    DecisionCounts decisions;
    for (const RankedScores& tag : tags_) {
        const RankedScores::Metrics metrics = tag.metrics(clip_counts);
        table.tags.push_back({metrics.roc_auc, metrics.average_precision, metrics.decisions.f1()});
        roc_auc.add(metrics.roc_auc);
        average_precision.add(metrics.average_precision);
        f1.add(metrics.decisions.f1());
        decisions += metrics.decisions;
    }
    table.roc_auc = roc_auc.value();
    table.average_precision = average_precision.value();
    table.f1_macro = f1.value();
    table.f1_micro = decisions.f1();
    return table;
}

}  // namespace earmark
