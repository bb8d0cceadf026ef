#include "apps/embed/row_collector.h"

#include <algorithm>
#include <utility>

namespace earmark {

RowCollector::RowCollector(std::shared_ptr<const Model> model, EmbeddingChoice choice, std::vector<RowColumns> columns)
    : model_(std::move(model)), choice_(std::move(choice)), columns_(std::move(columns)) {
    if (choice_.each == EachRow::window) WindowStream(model_, choice_.window, {});  // throws if its settings are wrong
}

std::shared_ptr<RowCollector::InWork> RowCollector::in_work(std::size_t index) {
    const std::lock_guard lock(mutex_);
    std::shared_ptr<InWork>& file = in_work_[index];
    if (!file) {
        file = std::make_shared<InWork>();
        file->rows.resize(columns_.size());
        if (choice_.each == EachRow::window) {
            file->windows = std::make_unique<WindowStream>(
                model_, choice_.window, [this, &rows = *file](const ClipWindow& window) { add_row(rows, window); });
        }
    }
    return file;
}

void RowCollector::add_row(InWork& file, const ClipWindow& window) const {
    EmbeddingRows& rows = file.rows.front();
    columns_.front().append(window.embedding, rows.values);
    rows.start_s.push_back(window.start_s);
    rows.end_s.push_back(window.end_s);
    rows.is_audible.push_back(window.is_audible ? 1 : 0);
}

void RowCollector::add_segment(InWork& file, const SegmentMaxima& segment) const {
    const double frames_per_s = model_->spectrogram.frames_per_second();
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].scale != segment.scale) continue;
        EmbeddingRows& rows = file.rows[i];
        columns_[i].append(segment.values, rows.values);
        const auto first_frame = static_cast<double>(segment.first_frame);
        rows.start_s.push_back(first_frame / frames_per_s);
        rows.end_s.push_back((first_frame + columns_[i].segment_frames) / frames_per_s);
        rows.is_audible.push_back(segment.is_audible ? 1 : 0);
    }
}

void RowCollector::add(std::size_t index, const SegmentMaxima& segment) {
    if (choice_.each == EachRow::clip) return;
    const std::shared_ptr<InWork> file = in_work(index);
    if (file->windows) return file->windows->add(segment);
    add_segment(*file, segment);
}

EmbeddedFile RowCollector::finish(const PoolResult& result) {
    EmbeddedFile file{result.path, result.clip.duration_s, result.clip.status, {}, result.clip.warning, {}};
    const std::shared_ptr<InWork> rows = in_work(result.index);
    {
        const std::lock_guard lock(mutex_);
        in_work_.erase(result.index);
    }
    if (result.error) {
        file.error = result.error->what();
        return file;
    }
    if (rows->windows) rows->windows->finish(file.duration_s);
    if (choice_.each == EachRow::clip)
        add_row(*rows, {0.0, file.duration_s, file.status != ClipStatus::silent, result.clip.embedding});
    for (EmbeddingRows& part : rows->rows)
        for (double& end_s : part.end_s) end_s = std::min(end_s, file.duration_s);
    file.rows = std::move(rows->rows);
    return file;
}

}  // namespace earmark
