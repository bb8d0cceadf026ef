#include "catalogue/known_results.h"

#include <string>

#include "catalogue/below.h"
#include "catalogue/clip_columns.h"

namespace earmark::catalogue {
namespace {

// Fills what the condition refers to.
std::string condition(Database& database, const std::vector<std::filesystem::path>& paths) {
    if (paths.empty()) return "NOT is_missing";
    fill_below(database, "wanted", paths);
    return "NOT is_missing AND " + is_below("wanted");
}

std::size_t track_count(Database& database, const std::string& where) {
    return static_cast<std::size_t>(database.integer("SELECT count(*) FROM track WHERE " + where));
}

}  // namespace

KnownResults::KnownResults(Catalogue& catalogue, std::int64_t model_id, const std::vector<std::filesystem::path>& paths)
    : where_(condition(catalogue.database(), paths)),
      statement_(catalogue.database().prepare(
          std::string("SELECT path, size_bytes, modified_ns, ") + clip_columns +
          " FROM track JOIN analysis ON analysis.audio_id = track.audio_id AND analysis.model_id = ?1 WHERE state = "
          "'current' AND " +
          where_ + " ORDER BY path")),
      tag_count_(static_cast<std::size_t>(
          catalogue.database().integer("SELECT count(*) FROM tag WHERE model_id = " + std::to_string(model_id)))) {
    statement_.bind(1, model_id);
    count_ = track_count(catalogue.database(), "state = 'current' AND " + where_);
    left_out_count_ = track_count(catalogue.database(), "state <> 'current' AND " + where_);
    stale_count_ = track_count(catalogue.database(), "state = 'stale' AND " + where_);
}

std::optional<KnownResult> KnownResults::next() {
    if (!statement_.step()) return std::nullopt;
    KnownResult result{statement_.path(0), {statement_.integer(1), statement_.integer(2)}, clip_of(statement_, 3)};
    if (result.clip.probabilities.size() != tag_count_) result.clip.probabilities.clear();
    return result;
}

}  // namespace earmark::catalogue
