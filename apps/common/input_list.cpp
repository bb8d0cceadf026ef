#include "apps/common/input_list.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "earmark/error.h"

namespace earmark {
namespace {

[[noreturn]] void throw_unreadable() {
    throw Error(ErrorCode::unreadable, std::string("standard input: cannot be read: ") + std::strerror(errno));
}

}  // namespace

std::optional<std::string> InputList::next(const std::stop_token& stop) {
    for (;;) {
        std::optional<std::string> line = take_line();
        if (!line) {
            if (!read_more(stop)) return std::nullopt;
            continue;
        }
        if (!is_null_separated_ && line->ends_with('\r')) line->pop_back();
        if (line->empty()) continue;
        require_list(*line);
        return line;
    }
}

// The next line that is complete; at the end of the input also what is left.
std::optional<std::string> InputList::take_line() {
    is_null_separated_ = is_null_separated_ || buffer_.find('\0', first_) != std::string::npos;
    const std::size_t end = buffer_.find(is_null_separated_ ? '\0' : '\n', first_);
    if (end == std::string::npos && (!has_ended_ || first_ == buffer_.size())) return std::nullopt;
    std::string line = buffer_.substr(first_, end == std::string::npos ? end : end - first_);
    first_ = end == std::string::npos ? buffer_.size() : end + 1;
    return line;
}

// Audio has NUL bytes in a row; between paths there is never more than one. Where the first path exists, the input is
// taken for a list whatever else is in it.
void InputList::require_list(const std::string& first_path) {
    if (is_list_) return;
    constexpr std::string_view two_nul_bytes("\0\0", 2);
    std::error_code unknown;
    if (buffer_.find(two_nul_bytes) != std::string::npos && !std::filesystem::exists(first_path, unknown))
        throw Error(
            ErrorCode::usage,
            "standard input: expected paths, found audio or other binary data; to read a file from a pipe, name "
            "/dev/stdin");
    is_list_ = true;
}

// False at the end, and when it is to stop.
bool InputList::read_more(const std::stop_token& stop) {
    constexpr int look_for_stop_every_ms = 50;
    if (has_ended_) return false;
    buffer_.erase(0, first_);
    first_ = 0;
    for (pollfd input{descriptor_, POLLIN, 0}; !stop.stop_requested();) {
        const int ready_count = poll(&input, 1, look_for_stop_every_ms);
        if (ready_count < 0 && errno != EINTR) throw_unreadable();
        if (ready_count <= 0) continue;
        std::array<char, 65536> bytes;
        const ssize_t count = read(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR && errno != EAGAIN) throw_unreadable();
        if (count < 0) continue;
        buffer_.append(bytes.data(), static_cast<std::size_t>(count));
        has_ended_ = count == 0;
        return true;
    }
    return false;
}

}  // namespace earmark
