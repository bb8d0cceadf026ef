#include "apps/library/similar_tracks.h"

#include <algorithm>
#include <string>

#include "apps/library/search_library.h"
#include "catalogue/fingerprint_reader.h"

namespace earmark {
namespace {

// Of rows that come with the most similar first.
std::vector<TrackList::Entry> entries_of(catalogue::TrackReader& reader, const catalogue::Embeddings& embeddings,
                                         const std::vector<std::size_t>& rows, const std::vector<float>& cosines) {
    std::vector<TrackList::Entry> entries;
    for (const std::size_t row : rows)
        for (catalogue::TrackRow& track : reader.with_analysis(embeddings.analysis_ids()[row]))
            if (is_music(track)) entries.push_back({std::move(track), similarity_of(cosines[row])});
    return entries;
}

std::vector<TrackList::Entry> chosen_of(std::vector<TrackList::Entry> entries, const catalogue::Embeddings& embeddings,
                                        Choice choice, const SimilarSearch& search) {
    std::vector<Candidate> candidates;
    candidates.reserve(entries.size());
    for (const TrackList::Entry& entry : entries)
        candidates.push_back({facts_of(entry.track, embeddings.row_of(entry.track.analysis_id)), entry.score});
    std::vector<TrackList::Entry> chosen;
    for (const std::size_t index : choose(candidates, search.most, search.diversity, embeddings.matrix(), choice))
        chosen.push_back(std::move(entries[index]));
    return chosen;
}

std::string names_of(const std::vector<Seed>& seeds) {
    const std::string& first = seeds.front().name;
    if (seeds.size() == 1) return first;
    return first + " and " + std::to_string(seeds.size() - 1) + " more";
}

}  // namespace

double similarity_of(double cosine) noexcept { return std::clamp(cosine, 0.0, 1.0); }

std::vector<float> cosines_with_mean(const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds) {
    std::vector<float> sum(embeddings.matrix().column_count(), 0.0F);
    for (const Seed& seed : seeds)
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += seed.numbers[i];
    return cosines(embeddings.matrix(), sum);
}

void exclude_seeds(Choice& choice, const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds) {
    for (const Seed& seed : seeds) {
        if (seed.track) {
            choice.exclude(facts_of(*seed.track, seed.row));
            continue;
        }
        if (!seed.fingerprint.empty()) choice.exclude_sound(seed.fingerprint, seed.duration_s);
        const std::vector<float> likeness = cosines(embeddings.matrix(), seed.numbers);
        for (std::size_t row = 0; row < likeness.size(); ++row)
            if (likeness[row] >= same_recording_cosine) choice.exclude({0, "", "", "", seed.duration_s, row});
    }
}

TrackList similar_tracks(catalogue::Database& database, const catalogue::SearchedModel& model,
                         const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds,
                         const SimilarSearch& search) {
    const std::vector<float> cosines = cosines_with_mean(embeddings, seeds);
    catalogue::FingerprintReader fingerprints(database);
    Choice choice(embeddings.matrix(), search.most_per_artist, std::ref(fingerprints));
    exclude_seeds(choice, embeddings, seeds);
    catalogue::TrackReader reader(database, model.id);
    TrackList list{"similarity", "Similar to " + names_of(seeds), {}};
    // Mostly the first rows have enough; where limits leave too few of them, more are looked at.
    for (std::size_t looked_at = std::max<std::size_t>(500, 20 * search.most);; looked_at *= 4) {
        std::vector<std::size_t> rows = indices_of_greatest(cosines, looked_at);
        const bool is_all = rows.size() < looked_at;
        const auto is_too_far = [&](std::size_t row) { return similarity_of(cosines[row]) < search.least_similarity; };
        const bool has_enough = std::erase_if(rows, is_too_far) > 0 || is_all;
        list.entries = chosen_of(entries_of(reader, embeddings, rows, cosines), embeddings, choice, search);
        if (has_enough || list.entries.size() >= search.most) return list;
    }
}

}  // namespace earmark
