#include "catalogue/searched_model.h"

#include <cassert>

#include "catalogue/blob.h"

namespace earmark::catalogue {
namespace {

void read_tags(Database& database, SearchedModel& model) {
    Statement statement =
        database.prepare("SELECT id, name, category, threshold FROM tag WHERE model_id = ?1 ORDER BY position");
    statement.bind(1, model.id);
    while (statement.step()) {
        model.tag_ids.push_back(statement.integer(0));
        model.tags.push_back({statement.text(1), category_from_name(statement.text(2))});
        model.thresholds.push_back(statement.real(3));
    }
}

}  // namespace

SearchedModel searched_model(Database& database) {
    Statement statement = database.prepare(
        "SELECT id, identity, name, is_softmax, embedding_length, embedding_mean, embedding_deviation FROM model "
        "WHERE is_current");
    if (!statement.step())
        throw Error(ErrorCode::not_found,
                    database.file().string() + ": has no analyzed music yet; 'earmark library scan PATH' analyzes it");
    SearchedModel model{statement.integer(0),
                        statement.text(1),
                        statement.text(2),
                        statement.integer(3) != 0,
                        static_cast<std::size_t>(statement.integer(4)),
                        numbers_of<float>(statement.bytes(5)),
                        numbers_of<float>(statement.bytes(6)),
                        {},
                        {},
                        {}};
    read_tags(database, model);
    const bool is_whole = model.embedding_length > 0 && model.embedding_mean.size() == model.embedding_length &&
                          model.embedding_deviation.size() == model.embedding_length;
    if (!is_whole)
        throw Error(ErrorCode::invalid_catalogue, database.file().string() + ": the embedding of model '" + model.name +
                                                      "' has " + std::to_string(model.embedding_length) +
                                                      " numbers, and its mean or deviation another count");
    return model;
}

std::vector<float> standardized(const SearchedModel& model, const std::vector<float>& embedding) {
    assert(embedding.size() == model.embedding_length);
    std::vector<float> numbers(embedding.size());
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] = (embedding[i] - model.embedding_mean[i]) / model.embedding_deviation[i];
    return numbers;
}

}  // namespace earmark::catalogue
