#include "classifier/members.h"

#include <algorithm>
#include <span>

namespace earmark {
namespace {

bool is_not_zero(float value) { return value != 0.0F; }

// What is not zero in a row, from its first to its last such column; none at the column 0 where all is zero.
LayerPart part_of_row(std::span<const float> row, std::size_t index) {
    const auto first = std::ranges::find_if(row, is_not_zero);
    if (first == row.end()) return {index, index + 1, 0, 0};
    const auto last = std::find_if(row.rbegin(), row.rend(), is_not_zero).base();
    return {index, index + 1, static_cast<std::size_t>(first - row.begin()),
            static_cast<std::size_t>(last - row.begin())};
}

// Rows that follow each other and share columns are one part.
std::vector<LayerPart> parts_of(const LayerWeights& layer, std::size_t column_count) {
    std::vector<LayerPart> parts;
    for (std::size_t index = 0; index < layer.biases.size(); ++index) {
        LayerPart part = part_of_row(std::span(layer.weights).subspan(index * column_count, column_count), index);
        while (!parts.empty() && part.first_column < parts.back().last_column) {
            part.first_row = parts.back().first_row;
            part.first_column = std::min(part.first_column, parts.back().first_column);
            part.last_column = std::max(part.last_column, parts.back().last_column);
            parts.pop_back();
        }
        parts.push_back(part);
    }
    return parts;
}

// Columns of zeros between two parts go to the one before.
void take_all_columns(std::vector<LayerPart>& parts, std::size_t column_count) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i == 0) parts[i].first_column = 0;
        parts[i].last_column = i + 1 < parts.size() ? parts[i + 1].first_column : column_count;
    }
}

// Whether each part has no column but the rows of the part before it.
bool fits(const std::vector<LayerPart>& parts, const std::vector<LayerPart>& before) {
    if (parts.size() != before.size()) return false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (parts[i].first_column < before[i].first_row || parts[i].last_column > before[i].last_row) return false;
    }
    return true;
}

}  // namespace

std::vector<std::vector<LayerPart>> whole_of(const ClassifierWeights& weights) {
    if (weights.layers.size() < 2) return {};
    std::vector<LayerPart> member;
    std::size_t column_count = weights.input_count();
    for (std::size_t i = 0; i + 1 < weights.layers.size(); ++i) {
        member.push_back({0, weights.layers[i].biases.size(), 0, column_count});
        column_count = weights.layers[i].biases.size();
    }
    return {member};
}

std::vector<std::vector<LayerPart>> members_of(const ClassifierWeights& weights) {
    if (weights.layers.size() < 2) return {};
    std::vector<LayerPart> parts = parts_of(weights.layers.front(), weights.input_count());
    take_all_columns(parts, weights.input_count());
    const auto has_no_column = [](const LayerPart& part) { return part.first_column == part.last_column; };
    if (std::ranges::any_of(parts, has_no_column)) return whole_of(weights);
    std::vector<std::vector<LayerPart>> members;
    members.reserve(parts.size());
    for (const LayerPart& part : parts) members.push_back({part});
    for (std::size_t i = 1; members.size() > 1 && i + 1 < weights.layers.size(); ++i) {
        const std::vector<LayerPart> before = parts;
        parts = parts_of(weights.layers[i], weights.layers[i - 1].biases.size());
        if (!fits(parts, before)) return whole_of(weights);
        for (std::size_t k = 0; k < parts.size(); ++k) {
            parts[k].first_column = before[k].first_row;
            parts[k].last_column = before[k].last_row;
            members[k].push_back(parts[k]);
        }
    }
    return members.size() > 1 ? members : whole_of(weights);
}

LayerWeights weights_of(const LayerWeights& layer, std::size_t column_count, const LayerPart& part) {
    LayerWeights weights;
    weights.biases.assign(layer.biases.begin() + static_cast<std::ptrdiff_t>(part.first_row),
                          layer.biases.begin() + static_cast<std::ptrdiff_t>(part.last_row));
    weights.weights.reserve(weights.biases.size() * (part.last_column - part.first_column));
    for (std::size_t row = part.first_row; row < part.last_row; ++row) {
        const auto values = std::span(layer.weights)
                                .subspan(row * column_count + part.first_column, part.last_column - part.first_column);
        weights.weights.insert(weights.weights.end(), values.begin(), values.end());
    }
    return weights;
}

}  // namespace earmark
