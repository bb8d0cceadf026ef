// Any bytes as a line of a journal, and as what is in one, with a checksum that fits: an error, or a line that comes
// back from its text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "metadata/journal.h"
#include "metadata/journal_text.h"

namespace {

using namespace earmark::metadata;

void read_and_write(std::string_view text) {
    try {
        const JournalLine line = journal_line_from_text(text);
        std::string again = journal_line_to_text(line);
        again.pop_back();
        if (journal_line_from_text(again) != line) std::abort();
    } catch (const Damage&) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_and_write(bytes);
    if (!bytes.ends_with('}')) return 0;
    std::string line = guarded_text(bytes);
    line.pop_back();
    read_and_write(line);
    return 0;
}
