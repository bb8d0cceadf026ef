#include <algorithm>
#include <ostream>

#include "apps/evaluate/results.h"
#include "apps/evaluate/shown_metrics.h"
#include "apps/evaluate/text_cells.h"
#include "base/counted.h"
#include "datasets/manifest/dataset.h"

namespace earmark {
namespace {

std::size_t width_of_names(const Model& model) {
    std::size_t width = 3;
    for (const Tag& tag : model.tags) width = std::max(width, display_width(tag.name));
    return width;
}

// Tags that no clip has get no row: write_left_out names them.
void write_tags(std::ostream& stream, const EvaluationResults& results) {
    const std::vector<Tag>& tags = results.model->tags;
    const std::size_t name_width = width_of_names(*results.model);
    stream << padded("tag", name_width) << "  " << padded("category", 10)
           << "  clips  ROC-AUC  average precision      F1\n";
    const std::vector<TagMetrics> metrics = results.measurement.tagging.per_tag();
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        if (metrics[i].positive_count == 0) continue;
        stream << padded(tags[i].name, name_width) << "  " << padded(category_name(tags[i].category), 10) << "  "
               << right(std::to_string(metrics[i].positive_count), 5) << "  "
               << right(metric_text(metrics[i].roc_auc), 7) << "  "
               << right(metric_text(metrics[i].average_precision), 17) << "  " << right(metric_text(metrics[i].f1), 6)
               << "\n";
    }
}

// "ROC-AUC            0.7781  0.7512 to 0.8034  mean over tags"
void write_metric(std::ostream& stream, const ShownMetric& name, const std::optional<double>& value,
                  const BootstrapDistribution& resampled) {
    stream << padded(name.title, metric_name_width) << "  " << right(metric_text(value), 6);
    if (resampled.defined_count() > 0) stream << "  " << interval_text(name.interval(value, resampled));
    stream << "  " << name.note << "\n";
}

void write_metrics(std::ostream& stream, const EvaluationResults& results) {
    const Measurement& measurement = results.measurement;
    stream << "\n"
           << counted(measurement.tagging.clip_count(), "clip") << " of " << results.data << ", split " << results.split
           << "; model " << results.model->name << "\n";
    for_each_tagging_mean([&, metrics = measurement.tagging.metrics()](const ShownMetric& name, auto field) {
        write_metric(stream, name, field(metrics), field(measurement.resampled_tagging));
    });
    if (measurement.classification) {
        for_each_classification_metric([&](const ShownMetric& name, auto field) {
            write_metric(stream, name, field(measurement.classification->metrics()),
                         field(measurement.resampled_classification));
        });
        const std::size_t single_label_count = measurement.classification->confusion().clip_count();
        if (single_label_count < measurement.tagging.clip_count()) {
            stream << "single-label       " << counted(single_label_count, "clip")
                   << "; the accuracies leave out the others, which have none of the model's labels or several\n";
        }
    }
    if (results.tagger.gain_db != 0.0) stream << "amplified by       " << results.tagger.gain_db << " dB\n";
    if (results.max_duration_s) stream << "used of a clip     the first " << *results.max_duration_s << " s\n";
    if (results.tagger.plain) stream << "plain              silent segments count, as published\n";
    if (results.intervals.resample_count == 0) return;
    stream << "intervals          95 %, from " << results.intervals.resample_count << " bootstrap resamples of "
           << counted(results.drawn_count, results.intervals.by_artist ? "artist" : "clip")
           << "; bias-corrected for average precision\n";
}

// REQUIRES: at least one name.
void write_names(std::ostream& stream, const std::vector<std::string>& names, const char* why) {
    constexpr std::size_t most_names = 5;
    stream << "left out           " << some_of(names, most_names) << why
           << (names.size() == 1 ? " this tag\n" : " these tags\n");
}

void write_left_out(std::ostream& stream, const EvaluationResults& results) {
    const TaggingReport& report = results.measurement.tagging;
    std::vector<std::string> absent;
    std::vector<std::string> everywhere;
    for (const std::size_t tag : report.left_out()) {
        auto& names = report.scores(tag).positive_count() == 0 ? absent : everywhere;
        names.push_back(results.model->tags[tag].name);
    }
    if (!absent.empty()) write_names(stream, absent, ": no clip has");
    if (!everywhere.empty()) write_names(stream, everywhere, " (of the mean ROC-AUC only): every clip has");
}

// Columns have the numbers of the rows, so that the table stays narrow; labels that no clip has get no row.
void write_confusion(std::ostream& stream, const Model& model, const Measurement& measurement) {
    const ConfusionMatrix confusion = measurement.classification->confusion();
    const std::size_t label_count = confusion.label_count();
    const std::size_t name_width = width_of_names(model);
    const std::size_t number_width = std::to_string(label_count).size();
    const std::size_t cell_width = std::max(number_width, std::to_string(confusion.clip_count()).size()) + 1;
    stream << "\n"
           << "confusion of " << counted(confusion.clip_count(), "single-label clip")
           << ": true label (rows), predicted label (columns)\n"
           << std::string(number_width + 2 + name_width + 1, ' ');
    for (std::size_t predicted = 1; predicted <= label_count; ++predicted)
        stream << right(std::to_string(predicted), cell_width);
    stream << "  recall\n";
    for (std::size_t truth = 0; truth < label_count; ++truth) {
        if (!confusion.recall(truth)) continue;
        stream << right(std::to_string(truth + 1), number_width) << "  " << padded(model.tags[truth].name, name_width)
               << " ";
        for (std::size_t predicted = 0; predicted < label_count; ++predicted)
            stream << right(std::to_string(confusion.count(truth, predicted)), cell_width);
        stream << "  " << right(metric_text(confusion.recall(truth)), 6);
        const BootstrapDistribution& resampled = measurement.resampled_classification.recalls[truth];
        if (resampled.defined_count() > 0) stream << "  " << interval_text(resampled.interval());
        stream << "\n";
    }
}

}  // namespace

void write_text(std::ostream& stream, const EvaluationResults& results) {
    write_tags(stream, results);
    write_metrics(stream, results);
    write_left_out(stream, results);
    if (results.measurement.classification) write_confusion(stream, *results.model, results.measurement);
    if (results.compared) write_comparison(stream, results);
}

}  // namespace earmark
