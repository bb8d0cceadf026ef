#pragma once

#include <cstddef>
#include <vector>

#include "apps/library/seeds.h"
#include "apps/library/track_list.h"

namespace earmark {

/// What is wanted of the tracks that are most similar.
struct SimilarSearch {
    std::size_t most = 10;            ///< at least 1
    std::size_t most_per_artist = 0;  ///< 0: any number
    double least_similarity = 0.0;    ///< within [0, 1]
    double diversity = 0.0;           ///< within [0, 1]
};

/// The similarity of two pieces of music: the cosine of the angle between their standardized embeddings, and 0 where it
/// is negative.
double similarity_of(double cosine) noexcept;

/// The tracks most similar to the seeds: to the mean of their embeddings, each of length 1. No recording of a seed is
/// in the result, none is twice, and each is music. REQUIRES: at least one seed. Throws DatabaseError.
TrackList similar_tracks(catalogue::Database& database, const catalogue::SearchedModel& model,
                         const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds,
                         const SimilarSearch& search);

/// The cosine of each row of the embeddings with the mean of the seeds. REQUIRES: at least one seed.
std::vector<float> cosines_with_mean(const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds);

/// The recordings of the seeds are not allowed any more: also those that only sound like a seed that is not in the
/// library.
void exclude_seeds(Choice& choice, const catalogue::Embeddings& embeddings, const std::vector<Seed>& seeds);

}  // namespace earmark
