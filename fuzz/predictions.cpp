// Any bytes as a file of predictions: an error or probabilities of clips.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "earmark/error.h"
#include "training/run/predictions.h"

namespace {

// A file that is in memory alone.
std::string path_of(const std::uint8_t* data, std::size_t size) {
    static const int descriptor = memfd_create("predictions", MFD_CLOEXEC);
    if (ftruncate(descriptor, 0) != 0) std::abort();
    if (pwrite(descriptor, data, size, 0) != static_cast<ssize_t>(size)) std::abort();
    return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const earmark::Predictions predictions = earmark::read_predictions(path_of(data, size));
        const std::size_t clip_count = predictions.paths.size();
        if (predictions.splits.size() != clip_count || predictions.probabilities.row_count() != clip_count ||
            predictions.probabilities.column_count() != predictions.labels.size())
            std::abort();
        const auto is_probability = [](float value) { return value >= 0.0F && value <= 1.0F; };
        if (!std::ranges::all_of(predictions.probabilities.values(), is_probability)) std::abort();
    } catch (const earmark::Error&) {
        // What damaged bytes are for.
    }
    return 0;
}
