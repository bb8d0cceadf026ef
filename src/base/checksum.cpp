#include "base/checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace earmark {

std::uint64_t checksum(std::initializer_list<std::span<const std::byte>> parts) {
    XXH64_state_t state;
    XXH64_reset(&state, 0);
    for (const std::span<const std::byte> part : parts) {
        if (!part.empty()) XXH64_update(&state, part.data(), part.size());
    }
    return XXH64_digest(&state);
}

std::string checksum_text(std::uint64_t checksum) {
    constexpr char digits[] = "0123456789abcdef";
    std::string text(16, '0');
    for (std::size_t i = text.size(); i-- > 0; checksum >>= 4U) text[i] = digits[checksum & 15U];
    return text;
}

}  // namespace earmark
