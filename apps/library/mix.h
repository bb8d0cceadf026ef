#pragma once

#include <stop_token>

#include "apps/library/mix_rules.h"
#include "apps/library/seeds.h"
#include "apps/library/track_list.h"

namespace earmark {

/// Makes playlists by rules.
class Mixer {
public:
    Mixer(catalogue::Database& database, const catalogue::SearchedModel& model, const catalogue::Embeddings& embeddings,
          SeedReader& seeds)
        : database_(database), model_(model), embeddings_(embeddings), seeds_(seeds) {}

    /// The tracks that fit `search` (all, if it is empty), most similar to the seeds first, or without seeds those with
    /// the highest score; each recording once. Throws Error with the place in the rules and the name of the playlist
    /// before what is wrong.
    TrackList make(const MixRule& rule, const std::stop_token& stop);

private:
    std::vector<TrackList::Entry> candidates_of(const MixRule& rule, const std::vector<Seed>& seeds);
    std::vector<Seed> seeds_of(const MixRule& rule, const std::stop_token& stop);

    catalogue::Database& database_;
    const catalogue::SearchedModel& model_;
    const catalogue::Embeddings& embeddings_;
    SeedReader& seeds_;
};

/// The tracks of a list added up.
double total_duration_s(const TrackList& list);

}  // namespace earmark
