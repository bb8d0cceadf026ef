#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark::test {

/// What reading a file took, in a process of its own.
struct Spent {
    long peak_mb = 0;
    double audio_s = 0.0;
    std::string message;  ///< the error, or the warning, without the path
};

/// Reads the file to its end and forgets the samples.
Spent spent_on(const std::filesystem::path& file);

/// Whether peak_mb is that of the program: sanitizers take memory of their own.
bool measures_memory();

/// A file by tests/attacks/generate.py, of the kind KIND and the size COUNT; removed at the end. Skips the test where
/// there is no python3 (then path() is empty).
class AttackFile {
public:
    AttackFile(const std::string& kind, std::size_t count);
    AttackFile(const AttackFile&) = delete;
    AttackFile& operator=(const AttackFile&) = delete;
    ~AttackFile();

    const std::filesystem::path& path() const noexcept { return path_; }

private:
    std::filesystem::path folder_;
    std::filesystem::path path_;
};

}  // namespace earmark::test
