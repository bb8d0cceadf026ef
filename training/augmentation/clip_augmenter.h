#pragma once

#include <cstdint>

#include "earmark/matrix.h"
#include "earmark/spectrogram.h"
#include "training/clips/log_mel_cache.h"
#include "training/recipe/recipe.h"

namespace earmark {

/// Changes whole clips at random, for step 3: what a network learned by heart it does not find in a changed clip, as it
/// will not in one that is new. Gain, equalizer, shift and stretch are those of a recipe's [augmentation], one for the
/// clip; with random positions it is an excerpt of the clip, at least Augmentation::shortest_copy_frames long. Nothing
/// is masked. Has no state.
class ClipAugmenter {
public:
    ClipAugmenter(Augmentation augmentation, const Normalization& normalization);

    /// Frames x bands, normalized. What happens follows from `seed` alone.
    Matrix apply(const CachedFrames& frames, std::uint64_t seed) const;

private:
    Augmentation augmentation_;
    Normalization normalization_;
};

}  // namespace earmark
