#include "apps/tag/batch_progress.h"

#include <cmath>
#include <iomanip>
#include <sstream>

namespace earmark {

void BatchProgress::add(const TaggedFile& file, std::optional<std::size_t> file_count) {
    ++done_count_;
    audio_s_ += file.duration_s;
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start_;
    const double files_per_s = static_cast<double>(done_count_) / elapsed.count();
    std::ostringstream note;
    note << std::fixed << std::setprecision(1) << files_per_s << "/s, " << std::llround(audio_s_ / elapsed.count())
         << "x real time";
    if (!file_count) return line_.show(done_count_, note.str());
    note << ", " << duration_text(static_cast<double>(*file_count - done_count_) / files_per_s) << " left";
    if (*file_count > 1) line_.show(done_count_, *file_count, note.str());
}

}  // namespace earmark
