#include "search/choice.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fingerprint/same_recording.h"

namespace earmark {
namespace {

bool is_word_byte(unsigned char byte) {
    return byte >= 0x80U || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

// Nothing where one of them is not known: then names cannot be compared.
std::string name_of(const RecordingFacts& track) {
    const std::string artist = folded_words(track.artist);
    const std::string title = folded_words(track.title);
    return artist.empty() || title.empty() ? "" : artist + '\n' + title;
}

bool is_as_long(double duration_s, double other_s) { return std::abs(duration_s - other_s) < same_recording_s; }

}  // namespace

std::string folded_words(const std::string& text) {
    std::string folded;
    for (const char character : text) {
        const bool is_capital = character >= 'A' && character <= 'Z';
        const char lower = is_capital ? static_cast<char>(character - 'A' + 'a') : character;
        if (is_word_byte(static_cast<unsigned char>(lower)))
            folded += lower;
        else if (!folded.empty() && folded.back() != ' ')
            folded += ' ';
    }
    if (!folded.empty() && folded.back() == ' ') folded.pop_back();
    return folded;
}

Choice::Choice(const Int8Matrix& embeddings, std::size_t most_per_artist, FingerprintSource fingerprints)
    : embeddings_(embeddings), most_per_artist_(most_per_artist), fingerprint_source_(std::move(fingerprints)) {}

const Fingerprint& Choice::fingerprint_of(std::int64_t audio_id) const {
    const auto [place, is_new] = fingerprints_.try_emplace(audio_id);
    if (is_new && fingerprint_source_) place->second = fingerprint_source_(audio_id);
    return place->second;
}

// A track has a row.
bool Choice::is_same_sound(const Sound& known, const RecordingFacts& track) const {
    if (known.row == track.row) return true;
    if (!is_as_long(known.duration_s, track.duration_s)) return false;
    const bool has_row = known.row != RecordingFacts::no_row;
    const float cosine = has_row ? cosine_of_rows(embeddings_, known.row, track.row) : 0.0F;
    if (has_row && cosine < least_cosine_of_recording) return false;
    const Fingerprint& first = has_row ? fingerprint_of(known.audio_id) : known.fingerprint;
    const Fingerprint& second = fingerprint_of(track.audio_id);
    const bool has_both = !first.empty() && !second.empty();
    return has_both ? is_same_recording(first, second) : cosine >= same_recording_cosine;
}

bool Choice::is_known_recording(const RecordingFacts& track) const {
    if (track.audio_id != 0 && audio_ids_.contains(track.audio_id)) return true;
    if (recording_ids_.contains(track.recording_id)) return true;
    const auto [first, last] = durations_.equal_range(name_of(track));
    if (std::any_of(first, last, [&](const auto& known) { return is_as_long(known.second, track.duration_s); }))
        return true;
    if (track.row == RecordingFacts::no_row) return false;
    return std::ranges::any_of(sounds_, [&](const Sound& known) { return is_same_sound(known, track); });
}

bool Choice::allows(const RecordingFacts& track) const {
    const auto found = artist_counts_.find(folded_words(track.artist));
    const bool has_room = most_per_artist_ == 0 || found == artist_counts_.end() || found->second < most_per_artist_;
    return has_room && !is_known_recording(track);
}

void Choice::exclude(const RecordingFacts& track) {
    if (track.audio_id != 0) audio_ids_.insert(track.audio_id);
    if (!track.recording_id.empty()) recording_ids_.insert(track.recording_id);
    if (const std::string name = name_of(track); !name.empty()) durations_.emplace(name, track.duration_s);
    if (track.row != RecordingFacts::no_row) sounds_.push_back({track.row, track.duration_s, track.audio_id});
}

void Choice::exclude_sound(Fingerprint fingerprint, double duration_s) {
    sounds_.push_back({RecordingFacts::no_row, duration_s, 0, std::move(fingerprint)});
}

void Choice::add(const RecordingFacts& track) {
    exclude(track);
    if (const std::string artist = folded_words(track.artist); !artist.empty()) ++artist_counts_[artist];
}

namespace {

std::vector<std::size_t> choose_first(const std::vector<Candidate>& candidates, std::size_t count, Choice& choice) {
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < candidates.size() && chosen.size() < count; ++i) {
        if (!choice.allows(candidates[i].facts)) continue;
        choice.add(candidates[i].facts);
        chosen.push_back(i);
    }
    return chosen;
}

// A candidate that is left, and its greatest cosine with one that was chosen.
struct Left {
    std::size_t index = 0;
    double likeness = 0.0;
};

double cosine_of(const Int8Matrix& embeddings, const RecordingFacts& first, const RecordingFacts& second) {
    const bool has_rows = first.row != RecordingFacts::no_row && second.row != RecordingFacts::no_row;
    return has_rows ? std::max(0.0F, cosine_of_rows(embeddings, first.row, second.row)) : 0.0;
}

}  // namespace

std::vector<std::size_t> choose(const std::vector<Candidate>& candidates, std::size_t count, double diversity,
                                const Int8Matrix& embeddings, Choice& choice) {
    if (diversity == 0.0) return choose_first(candidates, count, choice);
    const std::size_t pool_size = std::max<std::size_t>(200, 10 * count);
    std::size_t next = 0;
    std::vector<Left> pool;
    std::vector<std::size_t> chosen;
    const auto fill = [&] {
        for (; next < candidates.size() && pool.size() < pool_size; ++next) {
            Left left{next};
            for (const std::size_t index : chosen)
                left.likeness =
                    std::max(left.likeness, cosine_of(embeddings, candidates[index].facts, candidates[next].facts));
            pool.push_back(left);
        }
    };
    const auto worth = [&](const Left& left) {
        return (1.0 - diversity) * candidates[left.index].score - diversity * left.likeness;
    };
    for (fill(); !pool.empty() && chosen.size() < count; fill()) {
        const auto best = std::ranges::max_element(pool, {}, worth);
        const std::size_t index = best->index;
        pool.erase(best);
        if (!choice.allows(candidates[index].facts)) continue;
        choice.add(candidates[index].facts);
        chosen.push_back(index);
        for (Left& left : pool)
            left.likeness =
                std::max(left.likeness, cosine_of(embeddings, candidates[index].facts, candidates[left.index].facts));
    }
    return chosen;
}

}  // namespace earmark
