#include "catalogue/scan_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "earmark/error.h"

namespace earmark::catalogue {

// Not on the database itself: to close any descriptor of it would release SQLite's locks.
ScanLock::ScanLock(const std::filesystem::path& database_file)
    : descriptor_(open((database_file.string() + "-scan").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
    if (descriptor_ < 0)
        throw Error(ErrorCode::unwritable,
                    database_file.string() + "-scan: cannot be written: " + std::strerror(errno));
    if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
    close(descriptor_);
    throw Error(ErrorCode::unwritable,
                database_file.string() + ": another 'earmark library scan' is at work on it; wait until it has ended");
}

ScanLock::~ScanLock() { close(descriptor_); }

}  // namespace earmark::catalogue
