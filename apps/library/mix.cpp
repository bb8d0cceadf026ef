#include "apps/library/mix.h"

#include <algorithm>
#include <random>

#include "apps/library/search_library.h"
#include "apps/library/similar_tracks.h"
#include "catalogue/fingerprint_reader.h"

namespace earmark {
namespace {

using Entries = std::vector<TrackList::Entry>;

// As many of the first as fill the duration.
void shorten(Entries& entries, const MixRule& rule) {
    if (!rule.duration_s) return;
    double total_s = 0.0;
    std::size_t count = 0;
    while (count < entries.size() && total_s < *rule.duration_s) total_s += entries[count++].track.duration_s;
    entries.resize(count);
}

std::size_t most_of(const MixRule& rule, std::size_t candidate_count) {
    // Tracks of 20 s: there will hardly be more.
    constexpr double shortest_s = 20.0;
    const std::size_t by_duration =
        rule.duration_s ? static_cast<std::size_t>(std::min(1e6, *rule.duration_s / shortest_s)) + 1 : candidate_count;
    return std::min({rule.most, by_duration, candidate_count});
}

double cosine_between(const catalogue::Embeddings& embeddings, const TrackList::Entry& first,
                      const TrackList::Entry& second) {
    const std::size_t row = embeddings.row_of(first.track.analysis_id);
    const std::size_t other = embeddings.row_of(second.track.analysis_id);
    const bool has_rows = row != RecordingFacts::no_row && other != RecordingFacts::no_row;
    return has_rows ? cosine_of_rows(embeddings.matrix(), row, other) : 0.0;
}

// The best one stays first; after each comes the one that is most similar to it.
void make_smooth(Entries& entries, const catalogue::Embeddings& embeddings) {
    for (auto next = entries.begin(); next != entries.end() && next + 1 != entries.end(); ++next) {
        const auto likeness = [&](const TrackList::Entry& entry) { return cosine_between(embeddings, *next, entry); };
        std::iter_swap(next + 1, std::max_element(next + 1, entries.end(), [&](const auto& first, const auto& second) {
                           return likeness(first) < likeness(second);
                       }));
    }
}

// The same order for the same tracks, whatever they were sorted by.
void shuffle(Entries& entries) {
    std::ranges::sort(entries, {}, [](const TrackList::Entry& entry) { return entry.track.id; });
    std::mt19937 random(static_cast<std::mt19937::result_type>(entries.size()));
    for (std::size_t i = entries.size(); i > 1; --i) std::swap(entries[i - 1], entries[random() % i]);
}

// Does what a part of a rule asks for; what is wrong with that gets its place.
template <typename Work>
void at(const std::string& place, const MixRule& rule, Work work) {
    try {
        work();
    } catch (const catalogue::DatabaseError&) {
        throw;
    } catch (const Error& error) {
        throw Error(error.code(), place + ": playlist '" + rule.name + "': " + error.what());
    }
}

}  // namespace

double total_duration_s(const TrackList& list) {
    double total_s = 0.0;
    for (const TrackList::Entry& entry : list.entries) total_s += entry.track.duration_s;
    return total_s;
}

Entries Mixer::candidates_of(const MixRule& rule, const std::vector<Seed>& seeds) {
    Entries entries;
    if (rule.search.empty()) {
        for (catalogue::TrackRow& row : catalogue::TrackReader(database_, model_.id).all())
            if (is_music(row)) entries.push_back({std::move(row), 0.0});
    } else {
        at(rule.search_place, rule, [&] { entries = search_library(database_, {.query = rule.search}).entries; });
    }
    if (seeds.empty()) return entries;
    const std::vector<float> cosines = cosines_with_mean(embeddings_, seeds);
    const auto is_unlike = [&](TrackList::Entry& entry) {
        const std::size_t row = embeddings_.row_of(entry.track.analysis_id);
        entry.score = row == RecordingFacts::no_row ? 0.0 : similarity_of(cosines[row]);
        return row == RecordingFacts::no_row || entry.score < rule.least_similarity;
    };
    std::erase_if(entries, is_unlike);
    std::ranges::stable_sort(entries, std::ranges::greater(), &TrackList::Entry::score);
    return entries;
}

std::vector<Seed> Mixer::seeds_of(const MixRule& rule, const std::stop_token& stop) {
    std::vector<Seed> seeds;
    at(rule.like_place, rule, [&] {
        for (const std::string& name : rule.like) std::ranges::move(seeds_.read(name, stop), std::back_inserter(seeds));
    });
    return seeds;
}

TrackList Mixer::make(const MixRule& rule, const std::stop_token& stop) {
    const std::vector<Seed> seeds = seeds_of(rule, stop);
    Entries entries = candidates_of(rule, seeds);
    std::vector<Candidate> candidates;
    for (const TrackList::Entry& entry : entries)
        candidates.push_back({facts_of(entry.track, embeddings_.row_of(entry.track.analysis_id)), entry.score});
    catalogue::FingerprintReader fingerprints(database_);
    Choice choice(embeddings_.matrix(), rule.most_per_artist, std::ref(fingerprints));
    exclude_seeds(choice, embeddings_, seeds);
    TrackList list{seeds.empty() ? "score" : "similarity", rule.name, {}};
    for (const std::size_t index :
         choose(candidates, most_of(rule, entries.size()), rule.diversity, embeddings_.matrix(), choice))
        list.entries.push_back(std::move(entries[index]));
    shorten(list.entries, rule);
    if (rule.order == MixOrder::smooth) make_smooth(list.entries, embeddings_);
    if (rule.order == MixOrder::shuffle) shuffle(list.entries);
    return list;
}

}  // namespace earmark
