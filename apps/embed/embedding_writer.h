#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <vector>

#include "apps/embed/embedded_file.h"

namespace earmark {

/// What all writers need to know of the rows.
struct EmbeddingFormat {
    EachRow each = EachRow::clip;
    std::vector<RowColumns> columns;
    std::string description;  ///< embedding_description() as JSON text
};

/// The description of the numbers, JSON: model, what a row is, and which column is which scale, level and statistic.
std::string embedding_description(const Model& model, const EmbeddingChoice& choice,
                                  const std::vector<RowColumns>& columns, bool plain);

/// Whether the file is this text. Throws Error (unreadable).
bool holds(const std::filesystem::path& file, std::string_view text);

/// Before the name of an array of rows: "", or "scale_18_" where there is one for each scale.
std::string array_prefix(const EmbeddingFormat& format, std::size_t part);

/// Takes what came of files, in order.
class EmbeddingWriter {
public:
    virtual ~EmbeddingWriter() = default;

    /// Whether there is a result of this file from an earlier call already.
    virtual bool has(const std::filesystem::path& path) const = 0;

    /// A file without error. Throws Error (unwritable).
    virtual void write(const EmbeddedFile& file) = 0;

    /// Once, after the last file, also when the batch was stopped. Throws Error (unwritable).
    virtual void finish() = 0;
};

/// Text, a line for each row, to a stream. CSV has one kind of columns only: REQUIRES one RowColumns.
std::unique_ptr<EmbeddingWriter> make_csv_rows_writer(std::ostream& stream, const EmbeddingFormat& format);
std::unique_ptr<EmbeddingWriter> make_json_rows_writer(std::ostream& stream, const EmbeddingFormat& format);

/// How the files of a folder are stored.
enum class ArrayFile { float32, float16, archive };

/// A file for each clip, under its own path in the folder, with ".npy" or ".npz" behind its name. "embedding.json" in
/// the folder is the description. Throws Error (usage) when the folder has another description.
std::unique_ptr<EmbeddingWriter> make_folder_writer(const std::filesystem::path& folder, ArrayFile kind,
                                                    const EmbeddingFormat& format);

/// One NumPy archive for all, and FILE.json next to it; it is written by finish(). What is in it already stays. Throws
/// Error: usage when it has another description, unreadable.
std::unique_ptr<EmbeddingWriter> make_archive_writer(const std::filesystem::path& file, const EmbeddingFormat& format);

}  // namespace earmark
