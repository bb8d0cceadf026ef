#pragma once

#include "apps/common/inputs.h"
#include "earmark/tagger_pool.h"

namespace earmark {

/// An input as a pool takes it: a file to read, or why it is none.
PoolItem pool_item(const Input& input);

}  // namespace earmark
