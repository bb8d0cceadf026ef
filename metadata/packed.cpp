#include "metadata/packed.h"

#include <zlib.h>

#include <algorithm>

#include "metadata/byte_source.h"

namespace earmark::metadata {
namespace {

constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string as_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i)
            group = group << 8U | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i) text += i <= count ? digits[group >> (18U - 6U * i) & 63U] : '=';
    }
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    while (text.ends_with('=')) text.remove_suffix(1);
    std::uint32_t group = 0;
    unsigned bit_count = 0;
    for (const char letter : text) {
        const std::size_t digit = digits.find(letter);
        if (digit == std::string_view::npos) throw Damage("its packed bytes are no base64");
        group = (group << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFFFU;
        bit_count += 6;
        if (bit_count < 8) continue;
        bit_count -= 8;
        bytes += static_cast<char>(group >> bit_count & 0xFFU);
    }
    return bytes;
}

}  // namespace

std::string packed(std::string_view bytes) {
    uLongf size = compressBound(bytes.size());
    std::string zipped(size, '\0');
    if (compress2(reinterpret_cast<Bytef*>(zipped.data()), &size, reinterpret_cast<const Bytef*>(bytes.data()),
                  bytes.size(), Z_DEFAULT_COMPRESSION) != Z_OK)
        throw Damage("there is not enough memory to pack its bytes");
    zipped.resize(size);
    return as_base64(zipped);
}

std::string unpacked(std::string_view text, std::uint64_t byte_count) {
    // zlib packs at most by a factor of 1,032.
    const std::string zipped = from_base64(text);
    if (byte_count / 1'100 > zipped.size()) throw Damage("its packed bytes are too few");
    std::string bytes(byte_count + 1, '\0');
    uLongf size = bytes.size();
    const int status = uncompress(reinterpret_cast<Bytef*>(bytes.data()), &size,
                                  reinterpret_cast<const Bytef*>(zipped.data()), zipped.size());
    if (status != Z_OK || size != byte_count) throw Damage("its packed bytes are damaged");
    bytes.resize(size);
    return bytes;
}

}  // namespace earmark::metadata
