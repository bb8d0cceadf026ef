#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "metadata/byte_source.h"
#include "metadata/fields.h"
#include "metadata/pieces.h"

namespace earmark::metadata {

/// Where in a file its fields, its padding and its audio are. Belongs to a ByteSource, which must outlive it.
class Layout {
public:
    virtual ~Layout() = default;

    virtual FileFields fields() const = 0;

    /// The file with other values in some fields, and all else as it is: fields to the byte, and their order. Padding
    /// takes up the difference where it is large enough. Throws Damage when the format has no room for the values.
    /// REQUIRES: a file whose reason_not_writable is empty.
    virtual Pieces edited(const Edit& edit) const = 0;
};

/// Looks at the bytes, not at the name, which only decides for MPEG audio without any tag. Throws Error (unreadable)
/// when the fields are damaged; messages start with `name`.
std::unique_ptr<Layout> read_layout(const ByteSource& source, const std::filesystem::path& name);

/// fields() of that. Throws Error, as read_layout does.
FileFields list_fields(const ByteSource& source, const std::filesystem::path& name);

/// Whether two lists are equal, in order, except for fields whose meaning is in `edited`. Else the first difference for
/// people: "ID3v2.3/APIC is missing".
std::optional<std::string> first_difference(const FileFields& before, const FileFields& after,
                                            const FieldValues& edited);

}  // namespace earmark::metadata
