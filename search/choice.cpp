#include "search/choice.h"

#include <algorithm>
#include <cmath>

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

Choice::Choice(const Int8Matrix& embeddings, std::size_t most_per_artist)
    : embeddings_(embeddings), most_per_artist_(most_per_artist) {}

bool Choice::is_known_recording(const RecordingFacts& track) const {
    if (track.audio_id != 0 && audio_ids_.contains(track.audio_id)) return true;
    if (recording_ids_.contains(track.recording_id)) return true;
    const auto [first, last] = durations_.equal_range(name_of(track));
    const auto is_as_long = [&](double duration_s) {
        return std::abs(duration_s - track.duration_s) < same_recording_s;
    };
    if (std::any_of(first, last, [&](const auto& known) { return is_as_long(known.second); })) return true;
    if (track.row == RecordingFacts::no_row) return false;
    return std::ranges::any_of(sounds_, [&](const Sound& known) {
        return known.row == track.row || (is_as_long(known.duration_s) &&
                                          cosine_of_rows(embeddings_, known.row, track.row) >= same_recording_cosine);
    });
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
    if (track.row != RecordingFacts::no_row) sounds_.push_back({track.row, track.duration_s});
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
