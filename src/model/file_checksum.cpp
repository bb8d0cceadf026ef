#include "model/file_checksum.h"

#include <algorithm>
#include <cstring>
#include <string_view>

#include "base/checksum.h"
#include "earmark/error.h"
#include "model/text.h"

namespace earmark {
namespace {

constexpr std::size_t digit_count = sizeof(checksum_placeholder) - 1;

[[noreturn]] void invalid(const std::string& message) { throw Error(ErrorCode::invalid_model, message); }

/// Where the digits are: behind a quotation mark, which inside a JSON text has a backslash before it or behind it.
/// Nothing of the file but its checksum is such a text, and if it were, the checksum would not fit.
std::size_t place_of(std::span<const std::byte> bytes, const std::string& digits) {
    const std::string quoted = '"' + digits + '"';
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    const std::size_t place = text.find(quoted);
    if (place == std::string_view::npos) invalid("__metadata__.checksum is not written in plain digits");
    return place + 1;
}

std::string computed(std::span<const std::byte> bytes, std::size_t place) {
    const auto zeros = std::as_bytes(std::span(checksum_placeholder).first(digit_count));
    return checksum_text(checksum({bytes.first(place), zeros, bytes.subspan(place + digit_count)}));
}

}  // namespace

void set_file_checksum(std::vector<std::byte>& bytes) {
    const std::size_t place = place_of(bytes, checksum_placeholder);
    std::memcpy(bytes.data() + place, computed(bytes, place).data(), digit_count);
}

void check_file_checksum(std::span<const std::byte> bytes, const std::map<std::string, std::string>& metadata) {
    const auto found = metadata.find(checksum_key);
    if (found == metadata.end()) return;
    const std::string& stored = found->second;
    if (stored.size() != digit_count || stored.find_first_not_of("0123456789abcdef") != std::string::npos) {
        invalid("__metadata__.checksum is " + quotation(stored) + ": expected 16 hexadecimal digits");
    }
    const std::string expected = computed(bytes, place_of(bytes, stored));
    if (stored != expected) {
        invalid("the file is damaged: __metadata__.checksum is " + stored + ", that of its bytes is " + expected);
    }
}

}  // namespace earmark
