#include "catalogue/catalogue_columns.h"

#include <cmath>

namespace earmark::catalogue {
namespace {

// `list[index] = value`, for lists that grow as far as they are used.
void put(std::vector<std::uint32_t>& list, std::int64_t index, std::uint32_t value, std::uint32_t none) {
    const auto place = static_cast<std::size_t>(index);
    if (place >= list.size()) list.resize(place + 1, none);
    list[place] = value;
}

// A phrase of FTS5 in some columns. What is in quotes has no operators; a star after them asks for words that start so.
std::string full_text_phrase(Query::Kind field, const std::string& text) {
    const bool is_prefix = text.size() > 1 && text.ends_with('*');
    std::string phrase = "\"";
    for (const char character : is_prefix ? text.substr(0, text.size() - 1) : text) {
        if (character == '\0') continue;  // would end the phrase
        phrase += character;
        if (character == '"') phrase += '"';
    }
    phrase += is_prefix ? "\"*" : "\"";
    switch (field) {
        case Query::Kind::title: return "{title} : " + phrase;
        case Query::Kind::artist: return "{artist album_artist} : " + phrase;
        case Query::Kind::album: return "{album} : " + phrase;
        default: return phrase;
    }
}

}  // namespace

CatalogueColumns::CatalogueColumns(Database& database, const SearchedModel& model)
    : database_(database), model_(model) {
    Statement statement = database.prepare(
        "SELECT track.id, analysis.id FROM track JOIN analysis ON analysis.audio_id = track.audio_id AND "
        "analysis.model_id = ?1 WHERE state = 'current' AND NOT is_missing ORDER BY track.id");
    statement.bind(1, model.id);
    while (statement.step()) {
        const auto track = static_cast<std::uint32_t>(track_ids_.size());
        const std::int64_t analysis = statement.integer(1);
        track_ids_.push_back(statement.integer(0));
        put(track_with_id_, track_ids_.back(), track, none);
        const bool is_known = static_cast<std::size_t>(analysis) < track_of_analysis_.size();
        track_of_same_audio_.push_back(is_known ? track_of_analysis_[static_cast<std::size_t>(analysis)] : none);
        put(track_of_analysis_, analysis, track, none);
    }
}

TrackColumns::TagColumn CatalogueColumns::tag(std::size_t index) {
    TagColumn column{std::vector<float>(track_count()), std::vector<bool>(track_count())};
    Statement statement = database_.prepare("SELECT analysis_id, probability FROM analysis_tag WHERE tag_id = ?1");
    statement.bind(1, model_.tag_ids[index]);
    const double threshold = model_.thresholds[index];
    while (statement.step()) {
        const auto analysis = static_cast<std::size_t>(statement.integer(0));
        if (analysis >= track_of_analysis_.size()) continue;
        const double probability = statement.real(1);
        for (std::uint32_t i = track_of_analysis_[analysis]; i != none; i = track_of_same_audio_[i]) {
            column.probabilities[i] = static_cast<float>(probability);
            column.is_present[i] = probability >= threshold;
        }
    }
    if (!model_.is_softmax) return column;
    const std::vector<float>& greatest = greatest_probabilities();
    for (std::size_t i = 0; i < track_count(); ++i)
        column.is_present[i] = column.probabilities[i] > 0.0F && column.probabilities[i] == greatest[i];
    return column;
}

const std::vector<float>& CatalogueColumns::greatest_probabilities() {
    if (!greatest_.empty()) return greatest_;
    greatest_.resize(track_count());
    Statement statement =
        database_.prepare("SELECT analysis_id, max(probability) FROM analysis_tag GROUP BY analysis_id");
    while (statement.step()) {
        const auto analysis = static_cast<std::size_t>(statement.integer(0));
        if (analysis >= track_of_analysis_.size()) continue;
        for (std::uint32_t i = track_of_analysis_[analysis]; i != none; i = track_of_same_audio_[i])
            greatest_[i] = static_cast<float>(statement.real(1));
    }
    return greatest_;
}

std::vector<bool> CatalogueColumns::has_words(Query::Kind field, const std::string& text) {
    std::vector<bool> has(track_count());
    Statement statement = database_.prepare("SELECT rowid FROM track_text WHERE track_text MATCH ?1");
    statement.bind(1, full_text_phrase(field, text));
    while (statement.step()) {
        const auto id = static_cast<std::size_t>(statement.integer(0));
        if (id < track_with_id_.size() && track_with_id_[id] != none) has[track_with_id_[id]] = true;
    }
    return has;
}

std::vector<bool> CatalogueColumns::has_status(const std::string& status) {
    std::vector<bool> has(track_count());
    Statement statement = database_.prepare("SELECT id FROM analysis WHERE model_id = ?1 AND status = ?2");
    statement.bind(1, model_.id).bind(2, std::string_view(status));
    while (statement.step()) {
        const auto analysis = static_cast<std::size_t>(statement.integer(0));
        if (analysis >= track_of_analysis_.size()) continue;
        for (std::uint32_t i = track_of_analysis_[analysis]; i != none; i = track_of_same_audio_[i]) has[i] = true;
    }
    return has;
}

std::vector<bool> CatalogueColumns::has_in_path(const std::string& text) {
    std::vector<bool> has(track_count());
    Statement statement = database_.prepare("SELECT id, path FROM track");
    while (statement.step()) {
        const auto id = static_cast<std::size_t>(statement.integer(0));
        if (id >= track_with_id_.size() || track_with_id_[id] == none) continue;
        has[track_with_id_[id]] = path_has(statement.text(1), text);
    }
    return has;
}

std::vector<double> CatalogueColumns::numbers(const char* sql) {
    std::vector<double> all(track_count(), std::nan(""));
    Statement statement = database_.prepare(sql);
    while (statement.step()) {
        const auto id = static_cast<std::size_t>(statement.integer(0));
        if (id >= track_with_id_.size() || track_with_id_[id] == none || statement.is_null(1)) continue;
        all[track_with_id_[id]] = statement.real(1);
    }
    return all;
}

std::vector<double> CatalogueColumns::years() { return numbers("SELECT id, year FROM track"); }

std::vector<double> CatalogueColumns::durations_s() { return numbers("SELECT id, duration_s FROM track"); }

}  // namespace earmark::catalogue
