#include "base/installed_files.h"

#include <dlfcn.h>

namespace earmark {
namespace {

namespace fs = std::filesystem;

// The folder of the program or shared library that this code is in; empty where that cannot be found out.
fs::path folder_of_this_code() {
    Dl_info info{};
    const auto* address = reinterpret_cast<const void*>(&folder_of_this_code);
    std::error_code error;
    fs::path file;
    if (dladdr(address, &info) != 0 && info.dli_fname != nullptr) file = fs::canonical(info.dli_fname, error);
    // Of the program itself dladdr gives the name by which it was called, which may have been found along PATH.
    if (file.empty() || error) file = fs::read_symlink("/proc/self/exe", error);
    return error ? fs::path() : file.parent_path();
}

}  // namespace

std::vector<fs::path> places_of_installed_file(const std::string& installed_name, const std::string& source_name) {
    std::vector<fs::path> places;
    const fs::path folder = folder_of_this_code();
    if (!folder.empty()) {
        const fs::path data_dir(EARMARK_DATA_DIR);  // an absolute one stays as it is
        places.push_back((folder.parent_path() / data_dir / installed_name).lexically_normal());
        places.push_back((folder.parent_path().parent_path() / data_dir / installed_name).lexically_normal());
    }
    places.push_back(fs::path(EARMARK_FULL_DATA_DIR) / installed_name);
    places.push_back(fs::path(EARMARK_SOURCE_DIR) / source_name);
    return places;
}

fs::path find_installed_file(const std::string& installed_name, const std::string& source_name) {
    const std::vector<fs::path> places = places_of_installed_file(installed_name, source_name);
    for (const fs::path& place : places) {
        std::error_code error;
        if (fs::exists(place, error)) return place;
    }
    return places.front();
}

}  // namespace earmark
