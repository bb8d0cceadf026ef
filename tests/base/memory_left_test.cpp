#include "base/memory_left.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <new>

namespace earmark {
namespace {

TEST(MemoryLeft, is_enough_for_a_page_and_not_for_all_addresses) {
    EXPECT_NO_THROW(require_memory(4096));
    EXPECT_THROW(require_memory(SIZE_MAX / 2), std::bad_alloc);
}

}  // namespace
}  // namespace earmark
