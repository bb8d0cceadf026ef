// Any bytes as an audio file: an error or fields. Where they can be written, an edit changes nothing else, the new
// values are there, and the way back leads to the same bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "earmark/error.h"
#include "metadata/id3v2_conversion.h"
#include "metadata/layout.h"

namespace {

using namespace earmark::metadata;

void check_edit(const ByteSource& source, const Layout& layout, const FileFields& before, const Edit& edit) {
    Pieces pieces;
    try {
        pieces = layout.edited(edit);
    } catch (const Damage&) {
        return;
    }
    const std::string bytes = pieces.bytes(source);
    const MemorySource edited(bytes);
    if (inverted(pieces, source).bytes(edited) != source.read(0, source.size())) std::abort();
    try {
        const FileFields after = list_fields(edited, "fuzz.mp3");
        static_cast<void>(edit.converts_id3 ? first_difference_but_for_id3_version(before, after, edit.values)
                                            : first_difference(before, after, edit.values));
    } catch (const earmark::Error&) {
        return;  // nothing is replaced then
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const MemorySource source(bytes);
    try {
        const auto layout = read_layout(source, "fuzz.mp3");
        const FileFields fields = layout->fields();
        if (!fields.reason_not_writable.empty()) return 0;
        check_edit(source, *layout, fields,
                   {{{TagField::genre, {"Jazz", "\xE3\x83\x8E"}}, {TagField::mood, {}}}, 3, false, true});
        check_edit(source, *layout, fields, {{{TagField::mood, {"Calm"}}, {TagField::comment, {"c"}}}, 4, false, true});
        check_edit(source, *layout, fields, {{{TagField::mood, {"Calm"}}}, 3, true, false});
        check_edit(source, *layout, fields, {{{TagField::mood, {"Calm"}}}, 4, true, false});
    } catch (const earmark::Error&) {
    } catch (const Damage&) {
    }
    return 0;
}
