#include "apps/embed/embedded_file.h"

#include <algorithm>

#include "earmark/error.h"

namespace earmark {
namespace {

bool is_chosen(const std::vector<int>& chosen, int one) {
    return chosen.empty() || std::ranges::find(chosen, one) != chosen.end();
}

std::string listed(const std::vector<int>& numbers) {
    std::string text;
    for (const int number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

void require_known(const char* option, const std::vector<int>& chosen, std::vector<int> known) {
    std::ranges::sort(known);
    known.erase(std::unique(known.begin(), known.end()), known.end());
    for (const int one : chosen) {
        if (std::ranges::find(known, one) != known.end()) continue;
        throw Error(ErrorCode::usage,
                    std::string(option) + ": the model has " + listed(known) + "; found '" + std::to_string(one) + "'");
    }
}

void add_block(RowColumns& columns, ColumnBlock block) {
    block.first = columns.count;
    columns.count += block.count;
    columns.blocks.push_back(block);
}

RowColumns columns_of_embedding(const Model& model, const EmbeddingChoice& choice) {
    RowColumns columns;
    for (const EmbeddingBlock& block : embedding_layout(model)) {
        if (!is_chosen(choice.scales, block.segment_frames) || !is_chosen(choice.levels, block.level)) continue;
        const std::string_view statistic = block.statistic == Statistic::mean ? "mean" : "deviation";
        add_block(columns, {block.first, 0, block.count, block.segment_frames, block.level, statistic});
    }
    return columns;
}

RowColumns columns_of_segments(const Model& model, std::size_t scale, const EmbeddingChoice& choice) {
    const NetworkArchitecture& architecture = model.architectures[scale];
    RowColumns columns{scale, architecture.segment_frames, {}, 0};
    std::size_t source = 0;
    int level = 0;
    for (const ConvolutionLayer& layer : architecture.layers) {
        const auto count = static_cast<std::size_t>(layer.filter_count);
        if (is_chosen(choice.levels, ++level))
            add_block(columns, {source, 0, count, architecture.segment_frames, level, "maximum"});
        source += count;
    }
    return columns;
}

}  // namespace

std::string_view to_string(EachRow each) noexcept {
    switch (each) {
        case EachRow::clip: return "clip";
        case EachRow::segment: return "segment";
        case EachRow::window: return "window";
    }
    return "";
}

void RowColumns::append(std::span<const float> source, std::vector<float>& row) const {
    for (const ColumnBlock& block : blocks) {
        const auto numbers = source.subspan(block.source, block.count);
        row.insert(row.end(), numbers.begin(), numbers.end());
    }
}

std::vector<RowColumns> chosen_columns(const Model& model, const EmbeddingChoice& choice) {
    std::vector<int> scales;
    std::vector<int> levels;
    for (const EmbeddingBlock& block : embedding_layout(model)) {
        scales.push_back(block.segment_frames);
        levels.push_back(block.level);
    }
    require_known("--scales", choice.scales, scales);
    require_known("--levels", choice.levels, levels);
    std::vector<RowColumns> all;
    if (choice.each != EachRow::segment) all.push_back(columns_of_embedding(model, choice));
    for (std::size_t scale = 0; choice.each == EachRow::segment && scale < model.architectures.size(); ++scale)
        if (is_chosen(choice.scales, model.architectures[scale].segment_frames))
            all.push_back(columns_of_segments(model, scale, choice));
    // A short network may lack a high level that another one has.
    std::erase_if(all, [](const RowColumns& columns) { return columns.count == 0; });
    if (all.empty()) throw Error(ErrorCode::usage, "--levels: no chosen scale has one of these levels");
    return all;
}

}  // namespace earmark
