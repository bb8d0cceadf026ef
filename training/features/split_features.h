#pragma once

#include "earmark/matrix.h"

namespace earmark {

/// What a classifier is trained on, for the clips of each split: clips x values.
struct SplitFeatures {
    Matrix train;  ///< below the clips there may be augmented copies of all of them, and more of these
    Matrix valid;
    Matrix test;
};

}  // namespace earmark
