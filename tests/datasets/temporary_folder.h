#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "earmark/error.h"

namespace earmark::test {

/// An empty folder of this process that is removed again.
class TemporaryFolder {
public:
    TemporaryFolder()
        : path_(std::filesystem::temp_directory_path() / ("earmark_datasets_" + std::to_string(getpid()))) {
        std::filesystem::remove_all(path_);
        std::filesystem::create_directories(path_);
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

/// The error that a call throws, as "CODE MESSAGE" with the folder taken out of the message; "no error" without one.
template <typename Call>
std::string error_of(Call call, const TemporaryFolder& folder) {
    try {
        call();
    } catch (const Error& error) {
        std::string message = error.what();
        const auto place = message.find(folder.path().string());
        if (place != std::string::npos) message.replace(place, folder.path().string().size(), "FOLDER");
        switch (error.code()) {
            case ErrorCode::not_found: return "not_found " + message;
            case ErrorCode::unreadable: return "unreadable " + message;
            case ErrorCode::invalid_dataset: return "invalid_dataset " + message;
            default: return "another code " + message;
        }
    }
    return "no error";
}

}  // namespace earmark::test
