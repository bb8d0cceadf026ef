#include "apps/library/folder_watch.h"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>

#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::uint32_t changes = IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_ATTRIB |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

bool is_hidden(const std::filesystem::path& folder) { return folder.filename().native().starts_with('.'); }

}  // namespace

FolderWatch::FolderWatch() : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
    if (descriptor_ < 0)
        throw Error(ErrorCode::unreadable,
                    std::string("changes of folders: cannot be watched: ") + std::strerror(errno));
}

FolderWatch::~FolderWatch() { close(descriptor_); }

bool FolderWatch::add(const std::filesystem::path& folder) {
    std::set<int> added;
    return add(folder, added);
}

// A link may lead back to a folder above it, which then has the number of a watch that was added before.
bool FolderWatch::add(const std::filesystem::path& folder, std::set<int>& added) {
    const int watch = inotify_add_watch(descriptor_, folder.c_str(), changes);
    if (watch < 0) {
        if (errno == ENOSPC) is_complete_ = false;
        return is_complete_;
    }
    if (!added.insert(watch).second) return is_complete_;
    folders_[watch] = folder;
    std::error_code error;
    for (std::filesystem::directory_iterator entries(folder, error), end; !error && entries != end;
         entries.increment(error)) {
        std::error_code ignored;
        if (entries->is_directory(ignored) && !is_hidden(entries->path()) && !add(entries->path(), added)) return false;
    }
    return is_complete_;
}

bool FolderWatch::wait(std::chrono::milliseconds quiet, std::chrono::milliseconds most, const std::stop_token& stop) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + most;
    auto quiet_end = end;
    bool has_changed = false;
    while (!stop.stop_requested() && Clock::now() < std::min(end, quiet_end)) {
        constexpr int look_every_ms = 50;
        pollfd waited{descriptor_, POLLIN, 0};
        if (poll(&waited, 1, look_every_ms) <= 0 || !take_events()) continue;
        has_changed = true;
        quiet_end = Clock::now() + quiet;
    }
    return has_changed;
}

bool FolderWatch::take_events() {
    alignas(inotify_event) std::array<char, 16384> buffer{};
    bool has_changed = false;
    for (ssize_t count = 0; (count = read(descriptor_, buffer.data(), buffer.size())) > 0; has_changed = true) {
        for (ssize_t at = 0; at < count;) {
            const auto* const event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
            at += static_cast<ssize_t>(sizeof(inotify_event)) + event->len;
            if ((event->mask & IN_IGNORED) != 0) folders_.erase(event->wd);
            const bool is_new_folder =
                (event->mask & IN_ISDIR) != 0 && (event->mask & (IN_CREATE | IN_MOVED_TO)) != 0 && event->len > 0;
            const auto folder = folders_.find(event->wd);
            if (!is_new_folder || folder == folders_.end()) continue;
            const std::filesystem::path added = folder->second / event->name;
            if (!is_hidden(added)) add(added);
        }
    }
    return has_changed;
}

}  // namespace earmark
