#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "search/int8_matrix.h"

namespace earmark {

/// What decides whether two tracks are the same recording or by the same artist. Empty texts and 0 are not known.
struct RecordingFacts {
    std::int64_t audio_id = 0;     ///< the same for the same audio packets
    std::string recording_id = {}; /**< of MusicBrainz */
    std::string artist = {};
    std::string title = {};
    double duration_s = 0.0;
    std::size_t row = no_row;  ///< of the matrix of embeddings

    static constexpr std::size_t no_row = std::numeric_limits<std::size_t>::max();
};

/// From this cosine on, two embeddings are taken for those of one recording if the durations agree, too. Other
/// encodings of a song have 0.993 to 0.9996 (MP3 of 96 kbit/s, Vorbis of quality 1); of a hundred songs, one has
/// another song with more than 0.99. docs/decisions/071 has the measurements.
inline constexpr float same_recording_cosine = 0.99F;

/// Durations agree if they differ by less than this. A live version is mostly longer or shorter.
inline constexpr double same_recording_s = 5.0;

/// The tracks that were chosen so far, for a result with each recording once and with few by one artist. Tracks are
/// the same recording where they have the same audio packets, the same MusicBrainz recording, the same artist, title
/// and duration, or nearly the same embedding
/// and the same duration. Capitals and spaces of names do not matter.
class Choice {
public:
    /// `most_per_artist` 0 is no limit. The numbers of the matrix must live as long as the choice; it may have no rows.
    explicit Choice(const Int8Matrix& embeddings, std::size_t most_per_artist = 0);

    /// Whether it is none of the recordings so far, and its artist has not the most yet. A track without artist is by
    /// an artist of its own.
    bool allows(const RecordingFacts& track) const;

    void add(const RecordingFacts& track);

    /// The recording is not allowed any more, and does not count for its artist: for what the result is to be like.
    void exclude(const RecordingFacts& track);

private:
    bool is_known_recording(const RecordingFacts& track) const;

    Int8Matrix embeddings_;
    std::size_t most_per_artist_;
    std::unordered_set<std::int64_t> audio_ids_;
    std::unordered_set<std::string> recording_ids_;
    std::multimap<std::string, double> durations_;  ///< by artist and title
    struct Sound {
        std::size_t row = 0;
        double duration_s = 0.0;
    };
    std::vector<Sound> sounds_;
    std::map<std::string, std::size_t> artist_counts_;
};

/// A track that may be chosen, and how much it is wanted.
struct Candidate {
    RecordingFacts facts;
    double score = 0.0;
};

/// Indices into `candidates`, which come with the highest score first, of up to `count` that the choice allows one
/// after the other; they are added to it. With a `diversity` of 0 they are the first ones allowed. Else each time the
/// one with the greatest (1 - diversity) score - diversity (greatest cosine with one chosen before) comes next
/// (maximal marginal relevance, Carbonell & Goldstein 1998), of the first max(200, 10 count) candidates that are left.
/// REQUIRES: a diversity within [0, 1].
std::vector<std::size_t> choose(const std::vector<Candidate>& candidates, std::size_t count, double diversity,
                                const Int8Matrix& embeddings, Choice& choice);

/// For comparing names: lower case of ASCII letters, and one space for any run of spaces and punctuation of ASCII.
std::string folded_words(const std::string& text);

}  // namespace earmark
