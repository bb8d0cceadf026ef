#include "apps/teach/teaching_report.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>

#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "apps/common/visible_text.h"
#include "base/counted.h"
#include "earmark/model.h"

namespace earmark {
namespace {

constexpr std::size_t most_matrix_labels = 12;
constexpr std::size_t most_confused_pairs = 8;

std::string two_digits(double value) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(2) << value;
    return text.str();
}

std::string with_interval(const StudyMetric& metric) {
    if (!metric.value) return "-";
    // Where all resamples agree, an interval would suggest a certainty that is not there.
    if (!metric.interval || !(metric.interval->low < metric.interval->high)) return two_digits(*metric.value);
    return two_digits(*metric.value) + " (" + two_digits(metric.interval->low) + " to " +
           two_digits(metric.interval->high) + ")";
}

/// The names of labels; the whole label where another one has the same name.
std::vector<std::string> names_of(const std::vector<TaughtLabel>& labels) {
    std::map<std::string, std::size_t> counts;
    for (const TaughtLabel& label : labels) ++counts[tag_from_label(label.label).name];
    std::vector<std::string> names;
    for (const TaughtLabel& label : labels) {
        const std::string name = tag_from_label(label.label).name;
        names.push_back(visible(counts.at(name) == 1 ? name : label.label));
    }
    return names;
}

std::size_t widest(const std::vector<std::string>& names, std::size_t least) {
    for (const std::string& name : names) least = std::max(least, display_width(name));
    return least;
}

std::string right_aligned(const std::string& text, std::size_t width) {
    return std::string(width - std::min(width, display_width(text)), ' ') + text;
}

void print_tags(const TeachingOutcome& outcome, const std::vector<std::string>& names) {
    const std::size_t width = widest(names, std::string_view("tag").size());
    const auto row = [&](const std::string& tag, const std::string& examples, const std::string& auc,
                         const std::string& remarks) {
        std::cout << padded(tag, width) << "  " << right_aligned(examples, 8) << "  "
                  << (remarks.empty() ? auc : padded(auc, 20) + "  " + remarks) << '\n';
    };
    row("tag", "examples", "ROC-AUC", "");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const TaughtLabel& label = outcome.labels[i];
        std::string remarks = label.doubt;
        if (label.is_never_predicted) remarks += (remarks.empty() ? "" : "; ") + std::string("never predicted");
        row(names[i], std::to_string(label.example_count), with_interval(label.roc_auc), remarks);
    }
}

// What the accuracies are worth: those of a model that has heard nothing.
void print_accuracies(const TeachingOutcome& outcome, const std::vector<std::string>& names) {
    const auto largest = std::ranges::max_element(outcome.labels, {}, &TaughtLabel::example_count);
    const std::string& name = names[static_cast<std::size_t>(largest - outcome.labels.begin())];
    const auto label_count = static_cast<double>(outcome.labels.size());
    const double share = static_cast<double>(largest->example_count) / static_cast<double>(outcome.clip_count);
    std::cout << "accuracy " << with_interval(outcome.metrics.accuracy) << " (always answering '" << name
              << "', the largest class: " << two_digits(share) << ")\n"
              << "balanced accuracy " << with_interval(outcome.metrics.balanced_accuracy)
              << " (always answering the same: " << two_digits(1.0 / label_count) << ")\n";
}

void print_matrix(const ConfusionMatrix& confusion, const std::vector<std::string>& names) {
    const std::size_t digits = std::to_string(confusion.clip_count()).size();
    const std::size_t width = widest(names, 0);
    std::cout << "\nclips by their tag (rows) and the predicted tag (columns)\n" << padded("", width);
    for (const std::string& name : names) std::cout << "  " << right_aligned(name, digits);
    std::cout << '\n';
    for (std::size_t truth = 0; truth < names.size(); ++truth) {
        std::cout << padded(names[truth], width);
        for (std::size_t predicted = 0; predicted < names.size(); ++predicted) {
            std::cout << "  "
                      << right_aligned(std::to_string(confusion.count(truth, predicted)),
                                       std::max(digits, display_width(names[predicted])));
        }
        std::cout << '\n';
    }
}

struct Confused {
    std::size_t truth = 0;
    std::size_t predicted = 0;
    std::size_t clip_count = 0;
};

void print_most_confused(const ConfusionMatrix& confusion, const std::vector<std::string>& names) {
    std::vector<Confused> pairs;
    for (std::size_t truth = 0; truth < names.size(); ++truth) {
        for (std::size_t predicted = 0; predicted < names.size(); ++predicted) {
            const std::size_t count = confusion.count(truth, predicted);
            if (truth != predicted && count > 0) pairs.push_back({truth, predicted, count});
        }
    }
    if (pairs.empty()) return;
    std::ranges::stable_sort(pairs, std::ranges::greater(), &Confused::clip_count);
    pairs.resize(std::min(pairs.size(), most_confused_pairs));
    std::cout << "\nmost often confused\n";
    for (const Confused& pair : pairs) {
        std::cout << "  " << names[pair.truth] << " predicted as " << names[pair.predicted] << ": "
                  << counted(pair.clip_count, "clip") << '\n';
    }
}

void print_single_label(const TeachingOutcome& outcome, const std::vector<std::string>& names) {
    print_accuracies(outcome, names);
    if (!outcome.confusion) return;
    if (names.size() <= most_matrix_labels)
        print_matrix(*outcome.confusion, names);
    else
        print_most_confused(*outcome.confusion, names);
}

void print_remarks(const TeachingOutcome& outcome) {
    if (outcome.output == OutputKind::softmax) {
        print_message(
            "every clip has exactly one tag, so the model predicts exactly one for every song; with --task tags it "
            "predicts "
            "any number");
    }
    if (outcome.without_artist_count > 0 || !outcome.by_artist) {
        const std::string clips = std::to_string(outcome.without_artist_count) + " of the clips";
        print_message((outcome.by_artist ? "the artists of " + clips + " are unknown"
                                         : "artists are unknown, or fewer than the folds") +
                      ", so scores may be too high: clips by one artist may be in both training and test (give artists "
                      "by folders TAG/ARTIST/FILE or a column 'artist')");
    }
}

}  // namespace

void print_teaching(const TeachingOutcome& outcome, std::size_t fold_count, const std::filesystem::path& model) {
    const std::vector<std::string> names = names_of(outcome.labels);
    print_tags(outcome, names);
    std::cout << "\nmean ROC-AUC " << with_interval(outcome.metrics.roc_auc) << " (random ranking: 0.50)\n";
    if (outcome.output == OutputKind::softmax) print_single_label(outcome, names);
    std::cout << "\ncross-validation with " << fold_count << " folds over " << outcome.clip_count << " clips"
              << (outcome.by_artist ? ", no artist in two folds" : "") << ", with 95 % intervals\n"
              << "written: " << visible(model.string()) << '\n';
    flush_standard_output();
    print_remarks(outcome);
}

}  // namespace earmark
