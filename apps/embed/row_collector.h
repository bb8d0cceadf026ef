#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "apps/embed/embedded_file.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// Gathers the rows of files that are in work. From any thread.
class RowCollector {
public:
    RowCollector(std::shared_ptr<const Model> model, EmbeddingChoice choice, std::vector<RowColumns> columns);

    /// TaggerPoolOptions::on_segment; nothing is needed of it for rows of clips.
    void add(std::size_t index, const SegmentMaxima& segment);

    /// What came of a file, whose segments were all added.
    EmbeddedFile finish(const PoolResult& result);

private:
    struct InWork {
        std::vector<EmbeddingRows> rows;
        std::unique_ptr<WindowStream> windows;
    };

    std::shared_ptr<InWork> in_work(std::size_t index);
    void add_row(InWork& file, const ClipWindow& window) const;
    void add_segment(InWork& file, const SegmentMaxima& segment) const;

    std::shared_ptr<const Model> model_;
    EmbeddingChoice choice_;
    std::vector<RowColumns> columns_;
    std::mutex mutex_;
    std::map<std::size_t, std::shared_ptr<InWork>> in_work_;
};

}  // namespace earmark
