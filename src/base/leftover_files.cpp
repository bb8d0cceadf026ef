#include "base/leftover_files.h"

#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace earmark {
namespace {

/// Takes ".123" off the end of a name.
std::optional<int> take_number(std::string_view& name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return std::nullopt;
    const std::string_view digits = name.substr(dot + 1);
    int number = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (status != std::errc() || end != digits.data() + digits.size() || number < 0) return std::nullopt;
    name = name.substr(0, dot);
    return number;
}

bool is_running(int process) { return process != getpid() && (kill(process, 0) == 0 || errno != ESRCH); }

/// The target of a temporary file whose process is gone, else nothing.
std::optional<std::string> target_of_leftover(std::string_view name) {
    constexpr std::string_view ending = ".tmp";
    if (!name.ends_with(ending)) return std::nullopt;
    name.remove_suffix(ending.size());
    if (!take_number(name)) return std::nullopt;
    const std::optional<int> process = take_number(name);
    if (!process || *process == 0 || is_running(*process)) return std::nullopt;
    return std::string(name);
}

template <typename Wanted>
void remove_leftovers(const std::filesystem::path& folder, const Wanted& is_wanted) {
    std::vector<std::filesystem::path> leftovers;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error)) {
        std::error_code unknown;
        const auto target = target_of_leftover(entry->path().filename().string());
        if (target && is_wanted(*target) && entry->is_regular_file(unknown)) leftovers.push_back(entry->path());
    }
    for (const auto& path : leftovers) std::filesystem::remove(path, error);
}

}  // namespace

void remove_leftover_files(const std::filesystem::path& folder) {
    remove_leftovers(folder, [](const std::string&) { return true; });
}

void remove_leftover_files_of(const std::filesystem::path& target) {
    const std::filesystem::path folder = target.parent_path();
    remove_leftovers(folder.empty() ? "." : folder,
                     [name = target.filename().string()](const std::string& each) { return each == name; });
}

}  // namespace earmark
