#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "catalogue/database.h"
#include "catalogue/searched_model.h"
#include "search/evaluate_query.h"

namespace earmark::catalogue {

/// The tracks of a library that the current model has analyzed and that are not missing, in the order of their ids, as
/// columns for evaluate(). Each column is read when it is asked for. Probabilities below 0.01 count as 0, as in
/// analysis_tag. Throws DatabaseError. Belongs to one thread, as the database and the model, which must live as long.
class CatalogueColumns : public TrackColumns {
public:
    CatalogueColumns(Database& database, const SearchedModel& model);

    std::span<const std::int64_t> track_ids() const noexcept { return track_ids_; }

    std::size_t track_count() const override { return track_ids_.size(); }
    TagColumn tag(std::size_t index) override;
    std::vector<bool> has_words(Query::Kind field, const std::string& text) override;
    std::vector<bool> has_status(const std::string& status) override;
    std::vector<bool> has_in_path(const std::string& text) override;
    std::vector<double> years() override;
    std::vector<double> durations_s() override;

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::vector<double> numbers(const char* sql);
    const std::vector<float>& greatest_probabilities();

    Database& database_;
    const SearchedModel& model_;
    std::vector<std::int64_t> track_ids_;
    std::vector<std::uint32_t> track_with_id_;        ///< by id: the index of the track
    std::vector<std::uint32_t> track_of_analysis_;    ///< by id of the analysis: the last track with its audio
    std::vector<std::uint32_t> track_of_same_audio_;  ///< for each track: the one before it with the same audio
    std::vector<float> greatest_;                     ///< of each track, once it was asked for
};

}  // namespace earmark::catalogue
