#include "base/folder_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <thread>

#include "earmark/error.h"

namespace earmark {
namespace {

// Whether the lock could be had at once. EWOULDBLOCK alone means that somebody has it.
bool try_lock(int descriptor) { return flock(descriptor, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK; }

}  // namespace

FolderLock::FolderLock(const std::filesystem::path& folder, std::chrono::milliseconds patience,
                       const std::function<bool()>& gives_up)
    : descriptor_(open((folder / ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0)
        throw Error(ErrorCode::unwritable, folder.string() + ": cannot be written: " + std::strerror(errno));
    constexpr std::chrono::milliseconds interval{20};
    while (!(is_held_ = try_lock(descriptor_)) && patience.count() > 0 && !(gives_up && gives_up())) {
        const auto pause = std::min(interval, patience);
        std::this_thread::sleep_for(pause);
        patience -= pause;
    }
}

FolderLock::~FolderLock() { close(descriptor_); }

}  // namespace earmark
