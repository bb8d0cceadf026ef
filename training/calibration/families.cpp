#include "training/calibration/families.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace earmark {
namespace {

double logit(double probability) { return std::log(probability) - std::log1p(-probability); }

// The tag without a parent that `tag` is below, or itself.
std::size_t first_of_family(const std::vector<Tag>& tags, std::size_t tag) {
    while (!tags[tag].parent.empty()) {
        const auto parent = std::ranges::find_if(tags, [&](const Tag& other) {
            return other.category == tags[tag].category && other.name == tags[tag].parent;
        });
        if (parent == tags.end()) break;
        tag = static_cast<std::size_t>(parent - tags.begin());
    }
    return tag;
}

Calibration moved(const Calibration& calibration, double log_odds) {
    return Calibration::platt(calibration.slope, static_cast<float>(calibration.intercept + log_odds));
}

}  // namespace

void balance_families(std::vector<Tag>& tags, TagCategory category, double frequency,
                      std::span<const double> frequencies) {
    assert(tags.size() == frequencies.size());
    for (std::size_t tag = 0; tag < tags.size(); ++tag) {
        if (tags[tag].category != category) continue;
        const double in_data = frequencies[first_of_family(tags, tag)];
        if (!(in_data > 0.0 && in_data < 1.0)) continue;
        tags[tag].calibration = moved(tags[tag].calibration, logit(frequency) - logit(in_data));
    }
}

}  // namespace earmark
