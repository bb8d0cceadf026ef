// Any bytes as a search: an error, or a tree whose text is read as the same tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "earmark/error.h"
#include "search/query.h"

namespace {

const std::vector<earmark::QueryTag> tags{
    {"Jazz", earmark::TagCategory::genre},      {"Drum and bass", earmark::TagCategory::genre},
    {"Calm", earmark::TagCategory::mood},       {"Calm", earmark::TagCategory::other},
    {"R&B (new)", earmark::TagCategory::genre}, {R"("Or" \)", earmark::TagCategory::era}};

// Brackets are added to it: a search that is nearly as deep as may be would be too deep.
constexpr std::size_t longest_compared_bytes = 90;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    earmark::Query query;
    try {
        query = earmark::parse_query(text, tags);
    } catch (const earmark::Error&) {
        return 0;
    }
    const std::string written = earmark::to_string(query, tags);
    if (size <= longest_compared_bytes && earmark::parse_query(written, tags) != query) std::abort();
    return 0;
}
