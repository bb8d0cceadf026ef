#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "earmark/embedding.h"
#include "earmark/segments.h"
#include "earmark/tagger.h"

namespace earmark {

/// What a row is of.
enum class EachRow { clip, segment, window };

/// "clip", "segment", "window".
std::string_view to_string(EachRow each) noexcept;

/// What of the embeddings is wanted.
struct EmbeddingChoice {
    EachRow each = EachRow::clip;
    WindowSettings window;    ///< with EachRow::window
    std::vector<int> levels;  ///< from 1 on; empty: all
    std::vector<int> scales;  ///< segment_frames; empty: all
};

/// Some of the blocks of a row, one behind the other.
struct ColumnBlock {
    std::size_t source = 0;  ///< the first number of the block in the embedding, or in the maxima of a segment
    std::size_t first = 0;   ///< and in the row
    std::size_t count = 0;
    int segment_frames = 0;
    int level = 0;
    std::string_view statistic;  ///< "mean", "deviation", "maximum"
};

/// The columns of one kind of rows: of clips and windows there is one kind, of segments one for each scale.
struct RowColumns {
    std::size_t scale = 0;   ///< of segments: index into Model::architectures
    int segment_frames = 0;  ///< likewise; 0 with rows of clips and windows
    std::vector<ColumnBlock> blocks;
    std::size_t count = 0;

    /// The numbers of the chosen blocks, appended.
    void append(std::span<const float> source, std::vector<float>& row) const;
};

/// Throws Error (usage) for a level or scale that the model does not have.
std::vector<RowColumns> chosen_columns(const Model& model, const EmbeddingChoice& choice);

/// Rows of one kind.
struct EmbeddingRows {
    std::vector<float> values;  ///< rows x RowColumns::count
    std::vector<double> start_s;
    std::vector<double> end_s;
    std::vector<std::uint8_t> is_audible;  ///< 0 or 1; what is not does not count in the embedding of a clip
};

/// What came of one file, or an error.
struct EmbeddedFile {
    std::filesystem::path path;
    double duration_s = 0.0;
    ClipStatus status = ClipStatus::ok;
    std::vector<EmbeddingRows> rows;  ///< one for each RowColumns
    std::string warning;
    std::string error;  ///< empty, or one line that starts with the path
};

}  // namespace earmark
