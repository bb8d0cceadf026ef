#pragma once

#include "earmark/matrix.h"

namespace earmark {

/// One set of features for the clips of each split: clips x features.
struct SplitFeatures {
    Matrix train;  ///< below the clips there may be augmented copies of all of them, and more of these
    Matrix valid;
    Matrix test;
};

}  // namespace earmark
