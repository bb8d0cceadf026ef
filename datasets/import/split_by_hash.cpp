#include <xxhash.h>

#include "datasets/import/imported.h"
#include "datasets/text/unicode.h"

namespace earmark {
namespace {

// From 0 to 100, the same on every machine.
double percentage_of(const std::string& group, std::uint64_t seed) {
    constexpr double count = 18446744073709551616.0;  // 2^64
    return 100.0 * static_cast<double>(XXH3_64bits_withSeed(group.data(), group.size(), seed)) / count;
}

}  // namespace

void split_by_hash(Imported& imported, const SplitShares& shares, std::uint64_t seed) {
    for (auto& [clip, duration_s] : imported.clips) {
        const double percentage =
            percentage_of(clip.artist.empty() ? nfc(clip.path.string()) : plain_artist(clip.artist), seed);
        clip.split = percentage < shares.train ? "train" : percentage < shares.train + shares.valid ? "valid" : "test";
    }
}

}  // namespace earmark
