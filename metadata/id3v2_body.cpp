#include "metadata/id3v2_body.h"

#include <algorithm>

#include "metadata/byte_source.h"
#include "metadata/id3v2_text.h"
#include "metadata/text.h"

namespace earmark::metadata {
namespace {

// After the encoding: fixed bytes, a text in ISO-8859-1 with its NUL, fixed bytes, texts with their NUL, and texts or
// other bytes to the end.
struct Form {
    std::size_t first_bytes = 0;
    bool has_mime = false;
    std::size_t type_bytes = 0;
    std::size_t ended_texts = 0;
    bool ends_with_text = true;
};

std::optional<Form> form_of(std::string_view id) {
    if (id == "TXXX") return Form{.ended_texts = 1};
    if (id == "WXXX") return Form{.ended_texts = 1, .ends_with_text = false};
    if (id == "COMM" || id == "USLT") return Form{.first_bytes = 3, .ended_texts = 1};
    if (id == "USER") return Form{.first_bytes = 3};
    if (id == "APIC") return Form{.has_mime = true, .type_bytes = 1, .ended_texts = 1, .ends_with_text = false};
    if (id == "GEOB") return Form{.has_mime = true, .ended_texts = 2, .ends_with_text = false};
    if (id.starts_with('T') || id == "IPLS" || id == "GRP1" || id == "MVNM" || id == "MVIN") return Form{};
    return std::nullopt;
}

}  // namespace

std::optional<Id3Body> read_id3_body(std::string_view id, std::string_view bytes) {
    const std::optional<Form> form = form_of(id);
    if (!form || bytes.empty() || bytes[0] < 0 || bytes[0] > 3) return std::nullopt;
    const char encoding = bytes[0];
    bytes.remove_prefix(1);
    std::size_t before_bytes = form->first_bytes;
    if (form->has_mime) before_bytes += bytes.find('\0') + 1;
    before_bytes += form->type_bytes;
    if (before_bytes > bytes.size() || (form->has_mime && before_bytes == form->type_bytes)) return std::nullopt;
    Id3Body body;
    body.ends_with_text = form->ends_with_text;
    body.before = bytes.substr(0, before_bytes);
    bytes.remove_prefix(before_bytes);
    for (std::size_t i = 0; i < form->ended_texts; ++i) body.texts.push_back(take_id3_text(bytes, encoding));
    while (form->ends_with_text && !bytes.empty()) body.texts.push_back(take_id3_text(bytes, encoding));
    body.rest = bytes;
    return body;
}

std::string meaning_of(const Id3Body& body) {
    return body.before + joined(body.texts, std::string_view("\0", 1)) + '\0' + body.rest;
}

bool has_new_encoding(std::string_view id, std::string_view body) {
    const bool has_encoding = form_of(id) || id == "SYLT" || id == "OWNE" || id == "COMR";
    return has_encoding && !body.empty() && (body[0] == 2 || body[0] == 3);
}

std::string id3_body_of_version_3(const Id3Body& body) {
    const bool is_plain = std::ranges::all_of(body.texts, is_ascii);
    const std::string end(is_plain ? 1 : 2, '\0');
    std::string bytes(1, is_plain ? '\0' : '\1');
    bytes += body.before;
    for (std::size_t i = 0; i < body.texts.size(); ++i) {
        const std::string& text = body.texts[i];
        const std::string wide = utf8_to_utf16(text);
        if (utf16_to_utf8(wide, false) != text || text.find("\xEF\xBF\xBD") != std::string::npos)
            throw Damage("a text is damaged");
        bytes += is_plain ? text : "\xFF\xFE" + wide;
        if (!body.ends_with_text || i + 1 < body.texts.size()) bytes += end;
    }
    return bytes + body.rest;
}

}  // namespace earmark::metadata
