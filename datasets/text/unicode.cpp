#include "datasets/text/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>

namespace earmark {
namespace {

namespace fs = std::filesystem;

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
}

// What is not UTF-8 stays as it is.
std::string mapped(std::string_view text, int options) {
    utf8proc_uint8_t* result = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &result, static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
    if (size < 0) return std::string(text);
    return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(size)};
}

std::string normalized(std::string_view text, utf8proc_option_t form) {
    return is_ascii(text) ? std::string(text) : mapped(text, form);
}

bool is_there(const fs::path& path) {
    std::error_code failure;
    return fs::exists(path, failure);
}

std::optional<fs::path> existing_part(const fs::path& folder, const std::string& name) {
    for (const auto& spelling : {name, normalized(name, UTF8PROC_COMPOSE), normalized(name, UTF8PROC_DECOMPOSE)}) {
        if (is_there(folder / spelling)) return folder / spelling;
    }
    return std::nullopt;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    auto left = static_cast<utf8proc_ssize_t>(text.size());
    while (left > 0) {
        utf8proc_int32_t character = 0;
        const utf8proc_ssize_t length = utf8proc_iterate(bytes, left, &character);
        if (length <= 0) return false;
        bytes += length;
        left -= length;
    }
    return true;
}

std::string not_utf8(const std::string& fields) {
    return "the " + fields + " are not UTF-8; expected UTF-8; save the table with this encoding";
}

std::string nfc(std::string_view text) { return normalized(text, UTF8PROC_COMPOSE); }

std::string without_case(std::string_view text) { return mapped(text, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD); }

fs::path existing_spelling(const fs::path& path) {
    if (is_ascii(path.native()) || is_there(path)) return path;
    fs::path found;
    for (const fs::path& part : path) {
        const std::optional<fs::path> next = existing_part(found, part.string());
        if (!next) return path;
        found = *next;
    }
    return found;
}

}  // namespace earmark
