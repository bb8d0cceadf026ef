// Any bytes as a plan of write-tags: an error, or a plan that comes back from its text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "earmark/error.h"
#include "metadata/plan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace earmark::metadata;
    try {
        const Plan plan = plan_from_text({reinterpret_cast<const char*>(data), size}, "fuzz");
        if (plan_from_text(plan_to_text(plan), "fuzz") != plan) std::abort();
    } catch (const earmark::Error&) {
    }
    return 0;
}
