#pragma once

#include <cstddef>
#include <stop_token>

#include "metrics/bootstrap.h"
#include "metrics/classification_report.h"
#include "metrics/tagging_report.h"

namespace earmark {

struct BootstrapSettings {
    std::size_t resample_count = 1000;  ///< at least 1
    std::size_t thread_count = 1;       ///< at least 1; does not change the result
    std::stop_token stop{};             ///< ends the work with Error (canceled)
};

using TaggingDistributions = TaggingTable<BootstrapDistribution>;
using ClassificationDistributions = ClassificationTable<BootstrapDistribution>;

/// The values of every score of a report in resamples of its clips. In a resample, tags for which a metric is
/// undefined are left out of its mean; the interval of a tag's own score is that of the resamples in which it is
/// defined. REQUIRES: the resampling has as many clips as the report.
TaggingDistributions bootstrap(const TaggingReport& report, const Resampling& resampling,
                               const BootstrapSettings& settings);
ClassificationDistributions bootstrap(const ClassificationReport& report, const Resampling& resampling,
                                      const BootstrapSettings& settings);

/// `report` minus `other`, for each score.
TaggingMetrics difference(const TaggingMetrics& report, const TaggingMetrics& other);
ClassificationMetrics difference(const ClassificationMetrics& report, const ClassificationMetrics& other);

/// The same differences in resamples, each with the same clips for both (paired bootstrap). REQUIRES: reports of the
/// same clips and tags, in the same order.
TaggingDistributions paired_bootstrap(const TaggingReport& report, const TaggingReport& other,
                                      const Resampling& resampling, const BootstrapSettings& settings);
ClassificationDistributions paired_bootstrap(const ClassificationReport& report, const ClassificationReport& other,
                                             const Resampling& resampling, const BootstrapSettings& settings);

}  // namespace earmark
