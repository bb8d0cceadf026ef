// Any bytes as the database of a log-mel cache: it is opened, read, filled and read again. LMDB trusts what it maps, so
// that all depends on what database_check.cpp lets through. The first byte is the number of entries that are put.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "earmark/matrix.h"
#include "training/clips/log_mel_cache.h"

namespace {

/// A folder of this process in memory, where there is such a file system.
class WorkFolder {
public:
    WorkFolder() {
        const bool has_memory = std::filesystem::is_directory("/dev/shm");
        std::string name =
            (has_memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/earmark-fuzz-XXXXXX";
        if (mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    ~WorkFolder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }

    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const WorkFolder folder;
    if (size < 1) return 0;
    std::ofstream(folder.path() / "data.mdb", std::ios::binary)
        .write(reinterpret_cast<const char*>(data + 1), static_cast<std::streamsize>(size - 1));
    std::filesystem::remove(folder.path() / "lock.mdb");

    const earmark::SpectrogramSettings settings{.mel_band_count = 16};
    const int put_count = data[0] % 64;
    earmark::LogMelCache cache(folder.path(), settings);
    // The entries of the corpus are those of tests/training/clips/cache_damage_test.cpp.
    for (int i = 1000; i < 1130; ++i) (void)cache.contains(std::to_string(i));
    for (int i = 0; i < put_count; ++i) {
        const std::size_t row_count = i % 5 == 0 ? 200 : 7;
        cache.put(std::to_string(1000 + 2 * i), earmark::Matrix(row_count, 16));
    }
    cache.freeze();
    for (int i = 0; i < put_count; ++i) {
        if (!cache.contains(std::to_string(1000 + 2 * i))) std::abort();
    }
    return 0;
}
