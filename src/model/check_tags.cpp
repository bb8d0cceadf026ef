#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/check.h"
#include "model/check_field.h"

namespace earmark {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

void check_calibration(const std::string& field, const Calibration& calibration, OutputKind output) {
    if (!(std::isfinite(calibration.slope) && calibration.slope >= 0.0F)) {
        fail_field(field + ".slope", number_text(calibration.slope), "a finite number of at least 0");
    }
    if (!std::isfinite(calibration.intercept)) {
        fail_field(field + ".intercept", number_text(calibration.intercept), "a finite number");
    }
    if (calibration.kind == Calibration::Kind::identity) {
        if (calibration != Calibration{}) fail_field(field, "identity with parameters", "slope 1 and intercept 0");
    } else if (output == OutputKind::softmax) {
        fail_field(field, "platt", "identity, since the classifier's output is softmax");
    }
}

// Written so that not-a-number fails.
void check_score(const std::string& field, const TagScore& score) {
    if (!(0.0 <= score.roc_auc && score.roc_auc <= 1.0))
        fail_field(field + ".roc_auc", number_text(score.roc_auc), "a number from 0 to 1");
    if (!(0.0 <= score.low && score.low <= score.roc_auc))
        fail_field(field + ".low", number_text(score.low), "a number from 0 to roc_auc");
    if (!(score.roc_auc <= score.high && score.high <= 1.0))
        fail_field(field + ".high", number_text(score.high), "a number from roc_auc to 1");
}

// The parent of each tag, or none. Of several tags with its name, it is the first.
std::vector<std::size_t> parents_of(const std::vector<Tag>& tags) {
    std::map<std::pair<TagCategory, std::string_view>, std::size_t> places;
    for (std::size_t i = 0; i < tags.size(); ++i) places.try_emplace({tags[i].category, tags[i].name}, i);
    std::vector<std::size_t> parents(tags.size(), none);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        if (tags[i].parent.empty()) continue;
        const auto found = places.find({tags[i].category, tags[i].parent});
        if (found == places.end()) {
            fail_field(indexed("tags", i) + ".parent", quotation(tags[i].parent),
                       "the name of a tag of the same category");
        }
        parents[i] = found->second;
    }
    return parents;
}

// Each tag is passed once, however long the chains are.
void check_parents(const std::vector<Tag>& tags) {
    const std::vector<std::size_t> parents = parents_of(tags);
    std::vector<std::size_t> seen_from(tags.size(), none);
    for (std::size_t i = 0; i < tags.size(); ++i) {
        std::size_t tag = i;
        for (; tag != none && seen_from[tag] == none; tag = parents[tag]) seen_from[tag] = i;
        if (tag == none || seen_from[tag] != i) continue;
        fail_field(indexed("tags", tag) + ".parent", quotation(tags[tag].parent), "no tag that is its own parent");
    }
}

}  // namespace

void check_tags(const std::vector<Tag>& tags, OutputKind output) {
    if (tags.empty()) fail_field("tags", "empty", "at least one tag");
    std::set<std::string_view> labels;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const Tag& tag = tags[i];
        const std::string field = indexed("tags", i);
        require_one_line(field + ".label", tag.label);
        require_one_line(field + ".name", tag.name);
        require_one_line(field + ".meaning", tag.meaning);
        require_one_line(field + ".parent", tag.parent);
        require_one_line(field + ".source", tag.source);
        if (tag.label.empty()) fail_field(field + ".label", "empty", "a label");
        if (tag.name.empty()) fail_field(field + ".name", "empty", "a name");
        if (!labels.insert(tag.label).second) fail_field(field + ".label", quotation(tag.label), "no label twice");
        require_probability(field + ".threshold", tag.threshold);
        check_calibration(field + ".calibration", tag.calibration, output);
        if (tag.score) check_score(field + ".score", *tag.score);
    }
    check_parents(tags);
}

}  // namespace earmark
