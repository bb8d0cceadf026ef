#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace earmark {

// NumPy's .npz: a ZIP archive, not compressed, with a file NAME.npy for each array.

/// An array under a name, as bytes of an .npy file.
struct NamedArray {
    std::string name;
    std::string bytes;
};

/// The whole file. Throws Error (unwritable).
std::string npz(const std::vector<NamedArray>& arrays);

/// An array of float32 that is never held as a whole.
struct StreamedArray {
    std::string name;
    std::vector<std::size_t> shape;
    std::function<std::string()> next;  ///< some more bytes of its values; empty after the last
};

/// Writes these, and at last the streamed one, in the place of a file. Throws Error (unwritable) that starts with the
/// path, and what `next` throws; then an older file stays as it was. REQUIRES: as many values as the shape has.
void write_npz(const std::filesystem::path& path, const std::vector<NamedArray>& arrays, const StreamedArray& streamed);

/// The arrays of a file by name, as bytes of .npy files. Throws Error: not_found, unreadable.
std::map<std::string, std::string> read_npz(const std::filesystem::path& path);

}  // namespace earmark
