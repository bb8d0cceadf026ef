#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "fingerprint/fingerprint.h"
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

/// From this cosine on, two embeddings are taken for those of one recording if the durations agree, too, and where
/// there are fingerprints of both, if these agree. docs/decisions/071 and 077 have the measurements.
inline constexpr float same_recording_cosine = 0.99F;

/// Below this cosine, fingerprints are not looked at: quieter and louder copies have more.
inline constexpr float least_cosine_of_recording = 0.6F;

/// The fingerprint of some audio, by RecordingFacts::audio_id; empty where there is none.
using FingerprintSource = std::function<Fingerprint(std::int64_t audio_id)>;

/// Durations agree if they differ by less than this. A live version is mostly longer or shorter.
inline constexpr double same_recording_s = 5.0;

/// The tracks that were chosen so far, for a result with each recording once and with few by one artist. Tracks are
/// the same recording where they have the same audio packets, the same MusicBrainz recording, the same artist, title
/// and duration, or the same duration and fingerprints that agree; where one has no fingerprint, nearly the same
/// embedding. Capitals and spaces of names do not matter.
class Choice {
public:
    /// `most_per_artist` 0 is no limit. The numbers of the matrix must live as long as the choice; it may have no rows.
    /// Fingerprints are asked for only where they decide.
    explicit Choice(const Int8Matrix& embeddings, std::size_t most_per_artist = 0, FingerprintSource fingerprints = {});

    /// Whether it is none of the recordings so far, and its artist has not the most yet. A track without artist is by
    /// an artist of its own.
    bool allows(const RecordingFacts& track) const;

    void add(const RecordingFacts& track);

    /// The recording is not allowed any more, and does not count for its artist: for what the result is to be like.
    void exclude(const RecordingFacts& track);

    /// The same for music that is in no row of the matrix.
    void exclude_sound(Fingerprint fingerprint, double duration_s);

private:
    struct Sound {
        std::size_t row = RecordingFacts::no_row;
        double duration_s = 0.0;
        std::int64_t audio_id = 0;
        Fingerprint fingerprint{};  ///< of what is in no row
    };

    bool is_known_recording(const RecordingFacts& track) const;
    bool is_same_sound(const Sound& known, const RecordingFacts& track) const;
    const Fingerprint& fingerprint_of(std::int64_t audio_id) const;

    Int8Matrix embeddings_;
    std::size_t most_per_artist_;
    std::unordered_set<std::int64_t> audio_ids_;
    std::unordered_set<std::string> recording_ids_;
    std::multimap<std::string, double> durations_;  ///< by artist and title
    std::vector<Sound> sounds_;
    FingerprintSource fingerprint_source_;
    mutable std::unordered_map<std::int64_t, Fingerprint> fingerprints_;  ///< that were asked for
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
