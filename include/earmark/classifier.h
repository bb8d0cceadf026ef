#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "earmark/export.h"
#include "earmark/matrix.h"
#include "earmark/network.h"

namespace earmark {

/// What the last layer of a classifier is: each tag for itself (sigmoid), or single-label (softmax).
enum class OutputKind { sigmoid, softmax };

/// The hidden layers that one scale has for itself in a late-fused classifier.
struct EARMARK_EXPORT ClassifierMember {
    std::size_t input_count = 0;       ///< how many numbers of the embedding it reads; at least 1
    std::vector<LayerWeights> layers;  ///< at least one; ReLU follows each
};

/// Standardization of the embedding, then dense layers with ReLU between them (Lee & Nam 2017, arXiv 1703.01793).
struct EARMARK_EXPORT ClassifierWeights {
    std::vector<float> means;              ///< one for each number of the embedding
    std::vector<float> deviations;         ///< greater than 0
    std::vector<ClassifierMember> members; /**< none, or two and more: each reads the numbers of the embedding that
                                                follow those of the member before, together they read all */
    std::vector<LayerWeights> layers;      /**< the first reads the embedding or, where there are members, the outputs
                                                of their last layers side by side */
    OutputKind output = OutputKind::sigmoid;

    std::size_t input_count() const noexcept { return means.size(); }
    std::size_t output_count() const noexcept { return layers.empty() ? 0 : layers.back().biases.size(); }
};

/// A trained classifier: embeddings to probabilities. An object holds its scratch memory: it belongs to one thread at
/// a time.
class EARMARK_EXPORT Classifier {
public:
    /// The weights stay shared; they are not copied. REQUIRES: at least one layer, and layers whose shapes fit each
    /// other. Throws no Error, nor do its functions.
    explicit Classifier(std::shared_ptr<const ClassifierWeights> weights);
    explicit Classifier(ClassifierWeights weights);
    Classifier(Classifier&&) noexcept;
    Classifier& operator=(Classifier&&) noexcept;
    ~Classifier();

    /// `embeddings` is clips x input_count; returns clips x output_count, each within [0, 1]; with softmax every row
    /// sums to 1. REQUIRES: input_count() columns.
    Matrix probabilities(const Matrix& embeddings);

    /// The same before sigmoid or softmax, any finite number: where probabilities are all but 0 or 1, these still
    /// differ.
    Matrix logits(const Matrix& embeddings);

private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace earmark
