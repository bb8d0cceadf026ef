#include "apps/similar/nearest.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
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

std::string whole_path(const std::string& path) { return std::filesystem::absolute(path).lexically_normal().string(); }

std::map<std::string, std::size_t> indices_by_path(const ClipEmbeddings& clips) {
    std::map<std::string, std::size_t> indices;
    for (std::size_t i = 0; i < clips.paths.size(); ++i) indices.emplace(whole_path(clips.paths[i]), i);
    return indices;
}

std::vector<SimilarClip> nearest(const Model& model, const ClipEmbeddings& queries, const ClipEmbeddings& clips) {
    std::vector<float> sum(model.feature_count(), 0.0F);
    for (const std::vector<float>& query : queries.values)
        add_with_length_one(standardized_embedding(model, query), sum);
    std::set<std::string> asked;
    for (const std::string& path : queries.paths) asked.insert(whole_path(path));
    std::vector<SimilarClip> found;
    for (std::size_t i = 0; i < clips.paths.size(); ++i)
        if (!asked.contains(whole_path(clips.paths[i])))
            found.push_back({i, cosine_similarity(sum, standardized_embedding(model, clips.values[i]))});
    std::ranges::stable_sort(found, std::ranges::greater(), &SimilarClip::similarity);
    return found;
}

}  // namespace earmark
