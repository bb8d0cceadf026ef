#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "metadata/byte_source.h"
#include "metadata/fields.h"

namespace earmark::metadata {

/// Part of a new file: bytes of another file, or bytes of its own.
struct Piece {
    Range copied;         ///< of the other file; of length 0 where `literal` has the bytes
    std::string literal;  ///< empty where bytes are copied

    std::uint64_t size() const noexcept { return copied.length + literal.size(); }
    bool operator==(const Piece&) const = default;
};

/// A file as a sequence of parts of another one and of bytes of its own.
class Pieces {
public:
    /// Parts of length 0 are left out, and those that follow each other joined.
    void copy(std::uint64_t offset, std::uint64_t length);
    void literal(std::string bytes);
    void append(const Pieces& others);

    const std::vector<Piece>& all() const noexcept { return all_; }
    std::uint64_t size() const noexcept;

    /// The bytes, where there is memory for them. Throws Damage when the source lacks some.
    std::string bytes(const ByteSource& source) const;

    bool operator==(const Pieces&) const = default;

private:
    std::vector<Piece> all_;
};

/// The way back: the `source` of `edited` as parts of what `edited` makes of it. REQUIRES: no byte is copied twice.
Pieces inverted(const Pieces& edited, const ByteSource& source);

}  // namespace earmark::metadata
