#include "datasets/check/near_duplicates.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "datasets/check/sub_fingerprint_index.h"
#include "fingerprint/shifted_comparison.h"

namespace earmark {
namespace {

// A value that occurs in more places than this, such as that of silence, does not identify any of them.
constexpr std::size_t most_places = 200;
// Two equal numbers at one offset are enough to look closer.
constexpr std::size_t least_votes = 2;

/// A number that two fingerprints share.
struct Vote {
    std::uint32_t clip = 0;
    int offset = 0;
};

struct Common {
    std::size_t item_count = 0;
    double bit_error = 1.0;
};

/// The items inside a matching window of `length` items.
Common common_of(const ShiftedComparison& comparison, std::size_t length) {
    Common found;
    double errors = 0.0;
    std::size_t counted = 0;  // up to here
    for (std::size_t first = 0; first + length <= comparison.item_count(); ++first) {
        if (comparison.bit_error(first, first + length) > most_bit_error) continue;
        const std::size_t from = std::max(first, counted);
        counted = first + length;
        found.item_count += counted - from;
        errors += comparison.bit_error(from, counted) * static_cast<double>(counted - from);
    }
    if (found.item_count > 0) found.bit_error = errors / static_cast<double>(found.item_count);
    return found;
}

class Search {
public:
    explicit Search(const std::vector<Fingerprint>& fingerprints) : fingerprints_(fingerprints), index_(fingerprints) {}

    /// The later clips that have sound in common with this one.
    void find(std::size_t clip, std::vector<NearDuplicate>& found) {
        collect_votes(clip);
        std::optional<NearDuplicate> best;
        for (auto vote = votes_.begin(); vote != votes_.end();) {
            const auto end = std::find_if(vote, votes_.end(), [&](const Vote& other) {
                return other.clip != vote->clip || other.offset != vote->offset;
            });
            if (best && best->second != vote->clip) found.push_back(*std::exchange(best, std::nullopt));
            if (static_cast<std::size_t>(end - vote) >= least_votes) improve(best, clip, *vote);
            vote = end;
        }
        if (best) found.push_back(*best);
    }

private:
    void collect_votes(std::size_t clip) {
        votes_.clear();
        const Fingerprint& fingerprint = fingerprints_[clip];
        for (std::size_t i = 0; i < fingerprint.size(); ++i) {
            if ((i > 0 && fingerprint[i] == fingerprint[i - 1]) || !index_.keeps(fingerprint[i])) continue;
            const auto places = index_.places(fingerprint[i]);
            if (places.size() > most_places) continue;
            for (const SubFingerprint& place : places) {
                if (place.clip > clip) {
                    votes_.push_back({place.clip, static_cast<int>(i) - static_cast<int>(place.position)});
                }
            }
        }
        std::ranges::sort(votes_, [](const Vote& a, const Vote& b) {
            return a.clip != b.clip ? a.clip < b.clip : a.offset < b.offset;
        });
    }

    void improve(std::optional<NearDuplicate>& best, std::size_t clip, const Vote& vote) const {
        const Fingerprint& first = fingerprints_[clip];
        const Fingerprint& second = fingerprints_[vote.clip];
        const std::size_t window = std::min({first.size(), second.size(), window_items});
        if (window < shortest_window_items) return;
        const Common common = common_of(ShiftedComparison(first, second, vote.offset), window);
        if (common.item_count == 0) return;
        const double common_s = fingerprint_span_s(common.item_count);
        if (best && best->common_s >= common_s) return;
        best = {clip, vote.clip, vote.offset * fingerprint_step_s, common_s, common.bit_error};
    }

    const std::vector<Fingerprint>& fingerprints_;
    SubFingerprintIndex index_;
    std::vector<Vote> votes_;
};

}  // namespace

std::vector<NearDuplicate> near_duplicates(const std::vector<Fingerprint>& fingerprints,
                                           const std::function<bool()>& go_on) {
    std::vector<NearDuplicate> found;
    Search search(fingerprints);
    for (std::size_t clip = 0; clip < fingerprints.size(); ++clip) {
        if (clip % 64 == 0 && !go_on()) return {};
        search.find(clip, found);
    }
    return found;
}

}  // namespace earmark
