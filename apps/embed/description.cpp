#include <algorithm>
#include <nlohmann/json.hpp>
#include <span>

#include "apps/embed/embedding_writer.h"
#include "base/mapped_file.h"

namespace earmark {
namespace {

using Json = nlohmann::ordered_json;

Json blocks_of(const RowColumns& columns, double frames_per_s) {
    Json blocks = Json::array();
    for (const ColumnBlock& block : columns.blocks) {
        blocks.push_back({{"first", block.first},
                          {"count", block.count},
                          {"segment_frames", block.segment_frames},
                          {"segment_s", block.segment_frames / frames_per_s},
                          {"level", block.level},
                          {"statistic", block.statistic}});
    }
    return blocks;
}

}  // namespace

bool holds(const std::filesystem::path& file, std::string_view text) {
    const MappedFile mapped(file, std::uint64_t{1} << 30U);
    const auto bytes = std::as_bytes(std::span(text));
    return std::ranges::equal(mapped.bytes(), bytes);
}

std::string array_prefix(const EmbeddingFormat& format, std::size_t part) {
    if (format.each != EachRow::segment) return "";
    return "scale_" + std::to_string(format.columns[part].segment_frames) + "_";
}

std::string embedding_description(const Model& model, const EmbeddingChoice& choice,
                                  const std::vector<RowColumns>& columns, bool plain) {
    Json json{{"model", {{"name", model.name}, {"identity", model_identity(model)}}},
              {"each", to_string(choice.each)},
              {"plain", plain}};
    if (choice.each == EachRow::window)
        json["window"] = {{"duration_s", choice.window.duration_s}, {"hop_s", choice.window.hop_s}};
    json["rows"] = Json::array();
    for (const RowColumns& part : columns) {
        Json rows = Json::object();
        if (choice.each == EachRow::segment) rows["segment_frames"] = part.segment_frames;
        rows["columns"] = part.count;
        rows["blocks"] = blocks_of(part, model.spectrogram.frames_per_second());
        json["rows"].push_back(rows);
    }
    return json.dump(2) + "\n";
}

}  // namespace earmark
