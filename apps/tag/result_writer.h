#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "apps/common/terminal.h"
#include "apps/tag/tagged_file.h"
#include "earmark/model.h"

namespace earmark {

/// Writes results to a stream, one file after the other.
class ResultWriter {
public:
    virtual ~ResultWriter() = default;
    virtual void write(const TaggedFile& file) = 0;

    /// Ends the line that `write` has begun, so that a message on the same terminal has a line of its own.
    virtual void end_line() {}

    /// Once, after the last file.
    virtual void finish() {}
};

/// For people: a block for each song, tags by category, bars. Files with errors are left out; they are reported on
/// standard error.
std::unique_ptr<ResultWriter> make_text_writer(std::ostream& stream, const Model& model, const Terminal& terminal);

/// One JSON value: an object for a single file, or an array of objects.
std::unique_ptr<ResultWriter> make_json_writer(std::ostream& stream, const Model& model, bool is_array);

/// One JSON object a line.
std::unique_ptr<ResultWriter> make_json_lines_writer(std::ostream& stream, const Model& model);

/// CSV by RFC 4180, always UTF-8, under a header line. One row for each tag of each file; a file without tags (it
/// failed, or none is shown) has one row.
std::unique_ptr<ResultWriter> make_csv_writer(std::ostream& stream, const Model& model);

/// The same with one row for each file and one column for each tag of the model, with its probability; the cell of a
/// tag that is not shown is empty.
std::unique_ptr<ResultWriter> make_wide_csv_writer(std::ostream& stream, const Model& model);

}  // namespace earmark
