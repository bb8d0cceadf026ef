#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// External embeddings that the same classifier is trained on, for comparison.
struct EmbeddingFile {
    std::string name;
    std::filesystem::path path;  ///< see read_external_embeddings
};

/// Of "NAME=FILE". Throws Error (usage) for any other form. Whether there is such a file is not checked.
EmbeddingFile parse_embedding_file(const std::string& text);

/// Which configurations a run scores. The last one is always what the model is made of: all levels of all networks.
struct ConfigurationChoice {
    /// Also each level alone, the networks that come one by one, and the statistics of cepstral coefficients with a
    /// classifier without hidden layers: what the paper's analysis shows, and the classic baseline.
    bool whole_study = false;
    bool only_the_model = false;  ///< nothing but what the model is made of; with late fusion each scale as well
    std::vector<EmbeddingFile> embedding_files;
};

}  // namespace earmark
