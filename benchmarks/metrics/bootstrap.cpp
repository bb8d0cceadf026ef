// How long the intervals of a report take: bench_bootstrap [THREADS]

#include <chrono>
#include <iostream>
#include <random>
#include <string>

#include "metrics/report_bootstrap.h"

namespace {

constexpr std::size_t clip_count = 5000;
constexpr std::size_t tag_count = 50;
constexpr float positive_share = 0.1F;

earmark::TaggingReport random_report() {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> uniform;
    earmark::TaggingReport report(tag_count);
    std::vector<float> scores(tag_count);
    std::vector<float> truths(tag_count);
    for (std::size_t clip = 0; clip < clip_count; ++clip) {
        for (std::size_t tag = 0; tag < tag_count; ++tag) {
            truths[tag] = uniform(random) < positive_share ? 1.0F : 0.0F;
            scores[tag] = uniform(random) * 0.7F + uniform(random) * truths[tag] * 0.3F;
        }
        report.add(scores, truths);
    }
    return report;
}

}  // namespace

int main(int argument_count, char** arguments) {
    earmark::BootstrapSettings settings;
    if (argument_count > 1) settings.thread_count = std::stoul(arguments[1]);
    const earmark::TaggingReport report = random_report();
    const earmark::Resampling resampling(clip_count, 1);
    const auto start = std::chrono::steady_clock::now();
    const earmark::Interval interval = earmark::bootstrap(report, resampling, settings).roc_auc.interval().value();
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    std::cout << settings.resample_count << " resamples of " << clip_count << " clips x " << tag_count << " tags, "
              << settings.thread_count << " threads: " << elapsed.count() << " s (mean ROC-AUC "
              << report.metrics().roc_auc.value() << ", " << interval.low << " to " << interval.high << ")\n";
}
