#include "apps/similar/nearest.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "earmark/embedding.h"

namespace earmark {
namespace {

void add_with_length_one(const std::vector<float>& values, std::vector<float>& sum) {
    const double square = std::inner_product(values.begin(), values.end(), values.begin(), 0.0);
    if (square == 0.0) return;
    const auto factor = static_cast<float>(1.0 / std::sqrt(square));
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += values[i] * factor;
}

}  // namespace

std::vector<SimilarClip> nearest(const Model& model, const ClipEmbeddings& queries, const ClipEmbeddings& clips) {
    std::vector<float> sum(model.feature_count(), 0.0F);
    for (const std::vector<float>& query : queries.values)
        add_with_length_one(standardized_embedding(model, query), sum);
    const std::set<std::string> asked(queries.paths.begin(), queries.paths.end());
    std::vector<SimilarClip> found;
    for (std::size_t i = 0; i < clips.paths.size(); ++i)
        if (!asked.contains(clips.paths[i]))
            found.push_back({i, cosine_similarity(sum, standardized_embedding(model, clips.values[i]))});
    std::ranges::stable_sort(found, std::ranges::greater(), &SimilarClip::similarity);
    return found;
}

}  // namespace earmark
