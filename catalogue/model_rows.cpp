#include "catalogue/model_rows.h"

#include <span>

namespace earmark::catalogue {
namespace {

void insert_model(Database& database, const Model& model) {
    Statement statement = database.prepare(
        "INSERT INTO model (identity, name, is_softmax, is_current, embedding_length, embedding_mean, "
        "embedding_deviation) VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6)");
    const ClassifierWeights& classifier = model.classifier;
    statement.bind(1, model_identity(model))
        .bind(2, model.name)
        .bind(3, std::int64_t{classifier.output == OutputKind::softmax})
        .bind(4, static_cast<std::int64_t>(model.feature_count()))
        .bind(5, std::as_bytes(std::span(classifier.means)))
        .bind(6, std::as_bytes(std::span(classifier.deviations)))
        .run();
}

void insert_tags(Database& database, const Model& model, std::int64_t model_id) {
    Statement statement = database.prepare(
        "INSERT INTO tag (model_id, position, label, name, category, parent, threshold) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (std::size_t i = 0; i < model.tags.size(); ++i) {
        const Tag& tag = model.tags[i];
        statement.bind(1, model_id)
            .bind(2, static_cast<std::int64_t>(i))
            .bind(3, tag.label)
            .bind(4, tag.name)
            .bind(5, category_name(tag.category))
            .bind(6, tag.parent)
            .bind(7, double{tag.threshold})
            .run();
    }
}

}  // namespace

std::int64_t find_model(Catalogue& catalogue, const Model& model) {
    Statement statement = catalogue.database().prepare("SELECT id FROM model WHERE identity = ?1");
    statement.bind(1, model_identity(model));
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t keep_model(Catalogue& catalogue, const Model& model) {
    if (const std::int64_t id = find_model(catalogue, model); id != 0) return id;
    Database& database = catalogue.database();
    Transaction transaction(database);
    if (const std::int64_t id = find_model(catalogue, model); id != 0) return id;
    insert_model(database, model);
    const std::int64_t id = database.last_row();
    insert_tags(database, model, id);
    transaction.commit();
    return id;
}

Model kept_model(Database& database, std::int64_t model_id) {
    Model model;
    Statement names = database.prepare("SELECT name, is_softmax FROM model WHERE id = ?1");
    names.bind(1, model_id);
    if (names.step()) {
        model.name = names.text(0);
        model.classifier.output = names.integer(1) != 0 ? OutputKind::softmax : OutputKind::sigmoid;
    }
    Statement tags = database.prepare(
        "SELECT label, name, category, parent, threshold FROM tag WHERE model_id = ?1 ORDER BY position");
    tags.bind(1, model_id);
    while (tags.step()) {
        Tag tag{tags.text(0), tags.text(1), category_from_name(tags.text(2)), static_cast<float>(tags.real(4)), {}};
        tag.parent = tags.text(3);
        model.tags.push_back(std::move(tag));
    }
    return model;
}

void make_current(Catalogue& catalogue, std::int64_t model_id) {
    Database& database = catalogue.database();
    Transaction transaction(database);
    const std::string id = std::to_string(model_id);
    if (database.integer("SELECT is_current FROM model WHERE id = " + id) != 0) return;
    database.execute("UPDATE model SET is_current = (id = " + id + ")");
    // A track is failed where the current model has failed.
    database.execute(
        "UPDATE track SET state = 'stale' WHERE state = 'current'; "
        "UPDATE track SET state = iif(analysis.error IS NULL, 'current', 'failed'), error = analysis.error "
        "FROM analysis WHERE state = 'stale' AND analysis.audio_id = track.audio_id AND analysis.model_id = " +
        id);
    transaction.commit();
}

}  // namespace earmark::catalogue
