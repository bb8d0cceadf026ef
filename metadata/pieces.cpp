#include "metadata/pieces.h"

#include <algorithm>
#include <utility>

namespace earmark::metadata {

void Pieces::copy(std::uint64_t offset, std::uint64_t length) {
    if (length == 0) return;
    if (!all_.empty() && all_.back().literal.empty() && all_.back().copied.offset + all_.back().copied.length == offset)
        all_.back().copied.length += length;
    else
        all_.push_back({{offset, length}, {}});
}

void Pieces::literal(std::string bytes) {
    if (bytes.empty()) return;
    if (!all_.empty() && !all_.back().literal.empty())
        all_.back().literal += bytes;
    else
        all_.push_back({{}, std::move(bytes)});
}

void Pieces::append(const Pieces& others) {
    for (const Piece& piece : others.all()) {
        copy(piece.copied.offset, piece.copied.length);
        literal(piece.literal);
    }
}

std::uint64_t Pieces::size() const noexcept {
    std::uint64_t size = 0;
    for (const Piece& piece : all_) size += piece.size();
    return size;
}

std::string Pieces::bytes(const ByteSource& source) const {
    std::string bytes;
    for (const Piece& piece : all_) {
        bytes += source.read(piece.copied.offset, piece.copied.length);
        bytes += piece.literal;
    }
    return bytes;
}

Pieces inverted(const Pieces& edited, const ByteSource& source) {
    struct Copy {
        Range in_source;
        std::uint64_t in_edited;
    };
    std::vector<Copy> copies;
    std::uint64_t at = 0;
    for (const Piece& piece : edited.all()) {
        if (piece.copied.length > 0) copies.push_back({piece.copied, at});
        at += piece.size();
    }
    std::ranges::sort(copies, {}, [](const Copy& copy) { return copy.in_source.offset; });
    Pieces back;
    std::uint64_t done = 0;
    for (const Copy& copy : copies) {
        back.literal(source.read(done, copy.in_source.offset - done));
        back.copy(copy.in_edited, copy.in_source.length);
        done = copy.in_source.offset + copy.in_source.length;
    }
    back.literal(source.read(done, source.size() - done));
    return back;
}

}  // namespace earmark::metadata
