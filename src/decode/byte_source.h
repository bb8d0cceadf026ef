#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

namespace earmark::decode {

/// Where the bytes of an audio file come from.
class ByteSource {
public:
    virtual ~ByteSource() = default;

    /// How many bytes were read, 0 at the end, or a negative errno.
    virtual std::ptrdiff_t read(std::span<std::byte> buffer) noexcept = 0;

    /// Moves to a position, which may be past the end; false where that cannot be done.
    virtual bool seek(std::int64_t offset_bytes) noexcept = 0;

    /// Nothing for a pipe, which cannot seek either.
    virtual std::optional<std::int64_t> size_bytes() const noexcept = 0;
};

/// Opens a file or a pipe. Waiting for a pipe, or for what it gives, ends with ECANCELED when `stop` is requested.
/// Throws Error (not_found, unreadable) that starts with the path.
std::unique_ptr<ByteSource> open_file(const std::filesystem::path& path, const std::stop_token& stop = {});

/// `bytes` must outlive the source.
std::unique_ptr<ByteSource> open_memory(std::span<const std::byte> bytes);

}  // namespace earmark::decode
