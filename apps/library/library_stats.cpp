#include "apps/library/library_stats.h"

namespace earmark {
namespace {

using catalogue::Database;

// Names and numbers, as a query gives them.
std::vector<LibraryStats::Count> counts(Database& database, const std::string& sql) {
    std::vector<LibraryStats::Count> found;
    catalogue::Statement statement = database.prepare(sql);
    while (statement.step()) found.push_back({statement.text(0), statement.integer(1)});
    return found;
}

// How many tracks have each tag of a category. The view track_tag sorts all tags of all tracks to find the most
// probable one of each, which takes minutes in a large library: only a single-label model needs that.
std::string tag_counts_query(const catalogue::SearchedModel& model, const std::string& category, std::size_t most) {
    const std::string end = " ORDER BY 2 DESC, 1 LIMIT " + std::to_string(most);
    if (model.is_softmax)
        return "SELECT tag, count(*) FROM track_tag WHERE is_present AND category = '" + category + "' GROUP BY tag" +
               end;
    const std::string id = std::to_string(model.id);
    // By indices alone: the rows of `analysis` hold the embeddings.
    const std::string present =
        "SELECT analysis.id AS id, count(*) AS tracks FROM track CROSS JOIN analysis USING (audio_id) "
        "WHERE NOT is_missing AND model_id = " +
        id + " GROUP BY 1";
    return "WITH present AS MATERIALIZED (" + present +
           ") SELECT tag.name, sum(tracks) FROM tag "
           "CROSS JOIN analysis_tag ON analysis_tag.tag_id = tag.id AND analysis_tag.probability >= tag.threshold "
           "CROSS JOIN present ON present.id = analysis_tag.analysis_id "
           "WHERE tag.model_id = " +
           id + " AND tag.category = '" + category + "' GROUP BY tag.id" + end;
}

std::vector<LibraryStats::Category> categories(Database& database, const catalogue::SearchedModel& model,
                                               std::size_t most) {
    std::vector<LibraryStats::Category> found;
    const std::string of_model = "model_id = " + std::to_string(model.id);
    for (const auto& category : counts(
             database, "SELECT category, min(position) FROM tag WHERE " + of_model + " GROUP BY category ORDER BY 2")) {
        LibraryStats::Category tags{category.name, counts(database, tag_counts_query(model, category.name, most))};
        if (!tags.tags.empty()) found.push_back(std::move(tags));
    }
    return found;
}

}  // namespace

LibraryStats library_stats(Database& database, const catalogue::SearchedModel& model, std::size_t most) {
    LibraryStats stats;
    stats.track_count = database.integer("SELECT count(*) FROM track WHERE NOT is_missing");
    stats.missing_count = database.integer("SELECT count(*) FROM track WHERE is_missing");
    stats.copy_count =
        database.integer("SELECT count(audio_id) - count(DISTINCT audio_id) FROM track WHERE NOT is_missing");
    stats.duration_s =
        static_cast<double>(database.integer("SELECT round(sum(duration_s)) FROM track WHERE NOT is_missing"));
    stats.states = counts(database, "SELECT state, count(*) FROM track WHERE NOT is_missing GROUP BY 1 ORDER BY 1");
    stats.statuses =
        counts(database,
               "SELECT status, count(*) FROM track JOIN analysis USING (audio_id) WHERE NOT is_missing AND "
               "model_id = " +
                   std::to_string(model.id) + " GROUP BY 1 ORDER BY 2 DESC, 1");
    stats.errors =
        counts(database,
               "SELECT error, count(*) FROM track WHERE NOT is_missing AND error IS NOT NULL GROUP BY 1 ORDER "
               "BY 2 DESC, 1");
    stats.categories = categories(database, model, most);
    return stats;
}

}  // namespace earmark
