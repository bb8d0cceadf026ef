// Any bytes are an error or a model, and a model that was read is written and read again as the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "earmark/error.h"
#include "earmark/model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto bytes = std::as_bytes(std::span(data, size));
    earmark::Model model;
    try {
        model = earmark::parse_model(bytes, "fuzz");
    } catch (const earmark::Error&) {
        return 0;
    }
    // From here on an exception is a finding: what was read can be written.
    const auto written = earmark::serialize_model(model);
    const auto written_again = earmark::serialize_model(earmark::parse_model(written, "fuzz"));
    if (written != written_again) std::abort();
    return 0;
}
