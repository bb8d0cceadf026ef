#pragma once

#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "apps/common/exit_status.h"
#include "apps/embed/clip_embeddings.h"
#include "earmark/model.h"

namespace earmark {

/// Embeddings of files and folders, computed now, in the order of the paths. Shows its progress, and prints what cannot
/// be read, which gives `status` item_failed. Clips without sound are left out, with a warning: their embedding is that
/// of nothing. Ends early when `stop` is requested.
ClipEmbeddings embedded_clips(const std::shared_ptr<const Model>& model, const std::vector<std::string>& paths,
                              std::size_t worker_count, const std::stop_token& stop, ExitStatus& status);

}  // namespace earmark
