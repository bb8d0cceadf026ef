#include "training/fit/checkpoint_file.h"

#include <span>

#include "base/checksum.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::string_view magic = "earmark checkpoint, XXH64 ";

// An archive of libtorch is a ZIP file.
constexpr std::string_view archive_start = "PK\x03\x04";

std::string first_line(std::string_view contents) {
    const auto bytes = std::as_bytes(std::span(contents));
    return std::string(magic) + checksum_text(checksum({bytes})) + " of " + std::to_string(contents.size()) +
           " bytes\n";
}

[[noreturn]] void damaged(const char* reason) { throw Error(ErrorCode::unreadable, reason); }

}  // namespace

std::string checkpoint_file(std::string_view contents) { return first_line(contents).append(contents); }

std::string_view checkpoint_contents(std::string_view file) {
    if (file.starts_with(archive_start)) return file;
    if (!file.starts_with(magic)) damaged("it does not begin as a checkpoint");
    const std::size_t end = file.find('\n');
    if (end == std::string_view::npos) damaged("it is cut short");
    const std::string_view contents = file.substr(end + 1);
    if (file.substr(0, end + 1) != first_line(contents)) damaged("its checksum is not that of its bytes");
    return contents;
}

}  // namespace earmark
