#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace earmark {

/// Whole embeddings of clips in memory, all of one model.
struct ClipEmbeddings {
    std::vector<std::string> paths;
    std::vector<std::vector<float>> values;  ///< one for each path
    std::string model_identity;
};

/// What `earmark embed --out FILE.npz` wrote, with FILE.npz.json next to it; clips without sound are left out. Throws
/// Error: not_found; unreadable when it is no such archive; usage when it has windows, segments or only some blocks.
ClipEmbeddings read_clip_embeddings(const std::filesystem::path& file);

}  // namespace earmark
