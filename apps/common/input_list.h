#pragma once

#include <optional>
#include <stop_token>
#include <string>

namespace earmark {

/// A list of paths that comes in through a file descriptor, such as what `find` prints: one path a line, or each ended
/// by a NUL byte. A path is there as soon as its line is complete. Empty paths are left out. In a list of lines a
/// carriage return at the end of a line is left out; once a NUL byte has come, only NUL bytes separate. What looks like
/// the contents of a file is refused.
class InputList {
public:
    /// `is_null_separated`: only NUL bytes separate, from the start on.
    InputList(int descriptor, bool is_null_separated)
        : descriptor_(descriptor), is_null_separated_(is_null_separated) {}

    /// The next path; nothing after the last, or when `stop` is requested meanwhile. Throws Error: unreadable,
    /// or usage where the input is no list.
    std::optional<std::string> next(const std::stop_token& stop);

private:
    std::optional<std::string> take_line();
    void require_list(const std::string& first_path);
    bool read_more(const std::stop_token& stop);

    int descriptor_;
    bool is_null_separated_;
    bool has_ended_ = false;
    bool is_list_ = false;   ///< looked at and found to be one
    std::string buffer_;     ///< read and not yet given
    std::size_t first_ = 0;  ///< of what was not yet given
};

}  // namespace earmark
