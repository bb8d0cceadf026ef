#include "apps/library/find_files.h"

#include "base/counted.h"
#include "earmark/audio_files.h"

namespace earmark {
namespace {

class Search {
public:
    Search(catalogue::Catalogue& catalogue, const std::stop_token& stop) : catalogue_(catalogue), stop_(stop) {}

    void add(const std::filesystem::path& root) {
        std::error_code error;
        if (std::filesystem::is_directory(root, error)) return add_folder(root);
        const auto stamp = catalogue::stamp_of(root);
        if (!stamp) return leave_alone(root, "no such file or folder");
        found_.walk.files.push_back({root, *stamp});
        found_.walk.roots.push_back(root);
    }

    FoundFiles take() { return std::move(found_); }

private:
    void add_folder(const std::filesystem::path& root) {
        const FolderWalk walk = walk_folder(root, stop_);
        if (walk.audio_files.empty() && walk.unreadable.empty() &&
            (catalogue::present_count(catalogue_, root) > 0 || std::filesystem::is_empty(root)))
            return leave_alone(root, "no audio files are in this folder");
        for (const std::filesystem::path& file : walk.audio_files) {
            if (const auto stamp = catalogue::stamp_of(file)) found_.walk.files.push_back({file, *stamp});
        }
        for (const FolderWalk::Unreadable& folder : walk.unreadable) {
            found_.walk.unread.push_back(folder.folder);
            found_.errors.push_back(folder.error);
        }
        found_.walk.roots.push_back(root);
        if (const std::string line = walk.passed_over.line(); !line.empty())
            found_.notes.push_back(root.string() + ": " + line);
    }

    void leave_alone(const std::filesystem::path& root, const std::string& reason) {
        const std::int64_t count = catalogue::present_count(catalogue_, root);
        found_.errors.push_back(
            root.string() + ": " + reason +
            (count == 0
                 ? ""
                 : "; what is known of its " + counted(static_cast<std::size_t>(count), "track") + " stays as it is"));
    }

    catalogue::Catalogue& catalogue_;
    const std::stop_token& stop_;
    FoundFiles found_;
};

}  // namespace

FoundFiles find_files(catalogue::Catalogue& catalogue, const std::vector<std::filesystem::path>& roots,
                      const std::stop_token& stop) {
    Search search(catalogue, stop);
    for (const std::filesystem::path& root : roots) search.add(catalogue::track_path(root));
    return search.take();
}

}  // namespace earmark
