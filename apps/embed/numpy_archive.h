#pragma once

#include <filesystem>
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

/// The arrays of a file by name, as bytes of .npy files. Throws Error: not_found, unreadable.
std::map<std::string, std::string> read_npz(const std::filesystem::path& path);

}  // namespace earmark
