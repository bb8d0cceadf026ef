#include "apps/library/search_library.h"

#include <algorithm>

#include "base/counted.h"
#include "base/similar_word.h"
#include "catalogue/catalogue_columns.h"
#include "catalogue/embedding_file.h"
#include "catalogue/fingerprint_reader.h"

namespace earmark {
namespace {

// The first `most` of those that fit, in their order; all of them if it is 0.
std::vector<TrackList::Entry> entries_of(catalogue::TrackReader& reader, const catalogue::CatalogueColumns& columns,
                                         std::span<const FoundTrack> found, std::size_t most, bool is_music_only) {
    std::vector<TrackList::Entry> entries;
    for (const FoundTrack& track : found) {
        if (most > 0 && entries.size() == most) break;
        auto row = reader.with_id(columns.track_ids()[track.track]);
        if (row && (!is_music_only || is_music(*row))) entries.push_back({std::move(*row), track.score});
    }
    return entries;
}

std::vector<TrackList::Entry> chosen_of(catalogue::Database& database, const catalogue::SearchedModel& model,
                                        std::vector<TrackList::Entry> entries, const LibrarySearch& search) {
    const catalogue::Embeddings embeddings(database, model);
    // To compare the sound of each with that of each would take minutes.
    constexpr std::size_t most_compared = 5000;
    const bool is_compared = search.most > 0 || entries.size() <= most_compared;
    const auto row_of = [&](const TrackList::Entry& entry) {
        return is_compared ? embeddings.row_of(entry.track.analysis_id) : RecordingFacts::no_row;
    };
    std::vector<Candidate> candidates;
    candidates.reserve(entries.size());
    for (const TrackList::Entry& entry : entries)
        candidates.push_back({facts_of(entry.track, row_of(entry)), entry.score});
    catalogue::FingerprintReader fingerprints(database);
    Choice choice(embeddings.matrix(), search.most_per_artist, std::ref(fingerprints));
    const std::size_t most = search.most == 0 ? entries.size() : search.most;
    std::vector<TrackList::Entry> chosen;
    for (const std::size_t index : choose(candidates, most, search.diversity, embeddings.matrix(), choice))
        chosen.push_back(std::move(entries[index]));
    return chosen;
}

// A song may be called as a tag is.
std::string hint_of_words(const Query& query, const catalogue::SearchedModel& model,
                          catalogue::CatalogueColumns& columns) {
    std::string hint;
    for (const std::size_t tag : wanted_tags(query)) {
        const Query words{Query::Kind::text, {}, 0, model.tags[tag].name};
        const std::size_t count = evaluate(words, columns).size();
        if (count > 0)
            hint += "; '" + words.text + "' is a tag: " + to_string(words, model.tags) + " finds " +
                    counted(count, "track") + " with this in title, artist or album";
    }
    return hint;
}

// What fits and was left out, since it is not music.
std::string hint_of_left_out(const Query& query, catalogue::CatalogueColumns& columns) {
    if (names_status(query)) return {};
    const Query without_music = parse_query("status:not_music or status:silent or status:too_short", {});
    const std::size_t count = evaluate({Query::Kind::all_of, {query, without_music}}, columns).size();
    if (count == 0) return {};
    return "; left out: " + counted(count, "track") +
           " whose status is not_music, silent or too_short, which only a search with 'status:' finds";
}

}  // namespace

RecordingFacts facts_of(const catalogue::TrackRow& track, std::size_t row) {
    return {track.audio_id, track.recording_id, track.artist, track.title, track.duration_s, row};
}

TrackList search_library(catalogue::Database& database, const LibrarySearch& search) {
    const catalogue::SearchedModel model = catalogue::searched_model(database);
    const Query query = parse_query(search.query, model.tags);
    catalogue::CatalogueColumns columns(database, model);
    const std::vector<FoundTrack> found = evaluate(query, columns);
    const bool takes_first = search.has_copies && search.most_per_artist == 0 && search.diversity == 0.0;
    catalogue::TrackReader reader(database, model.id);
    TrackList list{"score", search.query,
                   entries_of(reader, columns, found, takes_first ? search.most : 0, !names_status(query))};
    if (!takes_first) list.entries = chosen_of(database, model, std::move(list.entries), search);
    return list;
}

std::string hint_after_nothing(catalogue::Database& database, const std::string& query) {
    const catalogue::SearchedModel model = catalogue::searched_model(database);
    std::vector<std::string> names;
    for (const QueryTag& tag : model.tags) names.push_back(tag.name);
    const Query parsed = parse_query(query, model.tags);
    catalogue::CatalogueColumns columns(database, model);
    std::string hint = hint_of_words(parsed, model, columns);
    for (const std::string& word : free_words(parsed))
        hint += "; no tag is called '" + word + "', so it was searched for in titles, artists and albums" +
                did_you_mean(word, names);
    return hint + hint_of_left_out(parsed, columns);
}

}  // namespace earmark
