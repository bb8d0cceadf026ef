#include "earmark/model.h"

#include <algorithm>

#include "model/serialize.h"

namespace earmark {

std::size_t Model::feature_count() const noexcept {
    std::size_t count = 0;
    for (const NetworkArchitecture& architecture : architectures) count += architecture.feature_count();
    return count * statistic_count(aggregation.across_segments);
}

bool has_facts(const Tag& tag) noexcept {
    return !tag.meaning.empty() || !tag.parent.empty() || !tag.source.empty() || tag.score;
}

int oldest_format_version(const Model& model) noexcept {
    if (!model.classifier.members.empty()) return 5;
    if (model.gate || std::ranges::any_of(model.tags, has_facts)) return 4;
    const auto has_parameters = [](const Tag& tag) { return tag.calibration.kind != Calibration::Kind::identity; };
    if (std::ranges::any_of(model.tags, has_parameters)) return 3;
    return model.aggregation.across_segments == AcrossSegments::mean ? 1 : 2;
}

}  // namespace earmark
