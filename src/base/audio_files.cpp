#include "base/audio_files.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "base/counted.h"
#include "earmark/error.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> system_folders{"#recycle", "$RECYCLE.BIN", "@Recycle",
                                                         "@eaDir",   "lost+found",   "System Volume Information"};

// Only what can be printed as it is: a name may hold anything.
std::string kind_of_file(const fs::path& file) {
    constexpr std::size_t longest_ending = 8;
    const std::string ending = file.extension().string();
    if (ending.size() < 2) return "without an ending";
    std::string kind;
    for (const char letter : ending)
        kind += 'A' <= letter && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    const bool is_plain = std::ranges::all_of(std::string_view(kind).substr(1), [](char letter) {
        return ('a' <= letter && letter <= 'z') || ('0' <= letter && letter <= '9');
    });
    return is_plain && kind.size() <= longest_ending + 1 ? kind : "with another ending";
}

// Where the type cannot be read, nothing is known; opening the file will report why.
bool can_be_file(fs::file_type type) {
    return type == fs::file_type::regular || type == fs::file_type::none || type == fs::file_type::unknown;
}

void sort_entry(const fs::directory_entry& entry, FolderContents& contents) {
    std::error_code ignored;
    const std::string name = entry.path().filename().string();
    const fs::file_type type = entry.status(ignored).type();
    const bool is_folder = type == fs::file_type::directory;
    PassedOver& passed_over = contents.passed_over;
    if (name.starts_with('.'))
        ++(is_folder ? passed_over.folders : passed_over.files)["hidden"];
    else if (is_folder && std::ranges::find(system_folders, name) != system_folders.end())
        ++passed_over.folders["system"];
    else if (is_folder)
        contents.folders.push_back(entry.path());
    else if (type == fs::file_type::not_found)
        ++passed_over.files["broken link"];
    else if (!can_be_file(type))
        ++passed_over.files["special"];
    else if (has_audio_ending(entry.path()))
        contents.audio_files.push_back(entry.path());
    else
        ++passed_over.files[kind_of_file(entry.path())];
}

// A folder whatever paths lead to it.
using FolderIdentity = std::pair<dev_t, ino_t>;

class Walker {
public:
    void pass_by(const fs::path& folder) { is_new(folder); }

    // Real folders first, so that a file has its own path rather than that of a link.
    FolderWalk walk(const fs::path& folder, const std::stop_token& stop = {}) {
        pending_.insert(folder);
        while (!pending_.empty() || !links_.empty()) {
            if (stop.stop_requested()) throw Error(ErrorCode::canceled, folder.string() + ": the search was stopped");
            std::set<fs::path>& next = pending_.empty() ? links_ : pending_;
            enter(next.extract(next.begin()).value());
        }
        std::ranges::sort(walk_.audio_files);
        std::ranges::sort(walk_.unreadable, {}, &FolderWalk::Unreadable::folder);
        return std::move(walk_);
    }

private:
    bool is_new(const fs::path& folder) {
        struct stat status {};
        // What cannot be asked for cannot be read either, which read_folder reports.
        if (stat(folder.c_str(), &status) != 0) return true;
        return entered_.insert({status.st_dev, status.st_ino}).second;
    }

    void enter(const fs::path& folder) {
        if (!is_new(folder)) {
            ++walk_.passed_over.folders["repeated"];
            return;
        }
        try {
            FolderContents contents = read_folder(folder);
            for (fs::path& below : contents.folders) {
                std::error_code ignored;
                (fs::is_symlink(below, ignored) ? links_ : pending_).insert(std::move(below));
            }
            std::ranges::move(contents.audio_files, std::back_inserter(walk_.audio_files));
            walk_.passed_over.add(contents.passed_over);
        } catch (const Error& error) {
            walk_.unreadable.push_back({folder, error.what()});
        }
    }

    std::set<FolderIdentity> entered_;
    std::set<fs::path> pending_;
    std::set<fs::path> links_;
    FolderWalk walk_;
};

std::size_t total(const std::map<std::string, std::size_t>& counts) {
    std::size_t sum = 0;
    for (const auto& [kind, count] : counts) sum += count;
    return sum;
}

// "2 .txt, 1 .pdf and 4 others"
std::string listed(const std::vector<std::pair<std::size_t, std::string>>& kinds) {
    constexpr std::size_t most_kinds = 6;
    std::string text;
    std::size_t others = 0;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i >= most_kinds)
            others += kinds[i].first;
        else
            text += (i == 0 ? "" : ", ") + std::to_string(kinds[i].first) + " " + kinds[i].second;
    }
    return others == 0 ? text : text + " and " + counted(others, "other");
}

}  // namespace

void PassedOver::add(const PassedOver& other) {
    for (const auto& [kind, count] : other.files) files[kind] += count;
    for (const auto& [kind, count] : other.folders) folders[kind] += count;
}

std::string PassedOver::line() const {
    std::vector<std::pair<std::size_t, std::string>> kinds;
    for (const auto& [kind, count] : files) kinds.emplace_back(count, kind);
    for (const auto& [kind, count] : folders) kinds.emplace_back(count, kind + (count == 1 ? " folder" : " folders"));
    if (kinds.empty()) return "";
    std::ranges::stable_sort(kinds, std::ranges::greater(), &std::pair<std::size_t, std::string>::first);
    std::string what = files.empty() ? "" : counted(total(files), "file");
    if (!folders.empty()) what += (what.empty() ? "" : " and ") + counted(total(folders), "folder");
    return "passed over " + what + ": " + listed(kinds);
}

FolderContents read_folder(const fs::path& folder) {
    FolderContents contents;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
        sort_entry(*entry, contents);
    }
    if (failure) {
        throw Error(ErrorCode::unreadable, folder.string() + ": the folder cannot be read: " + failure.message());
    }
    std::ranges::sort(contents.folders);
    std::ranges::sort(contents.audio_files);
    return contents;
}

FolderWalk walk_folder(const fs::path& folder, const std::stop_token& stop) { return Walker().walk(folder, stop); }

FolderWalk walk_readable_folder(const fs::path& folder, const std::vector<fs::path>& not_again,
                                const std::stop_token& stop) {
    Walker walker;
    for (const fs::path& other : not_again) walker.pass_by(other);
    FolderWalk walk = walker.walk(folder, stop);
    if (!walk.unreadable.empty()) throw Error(ErrorCode::unreadable, walk.unreadable.front().error);
    return walk;
}

}  // namespace earmark
