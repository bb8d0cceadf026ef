// Any bytes as the JSON files that a study is read from: settings.json, results.json, a line of log.jsonl. Each is an
// error, or something that is the same after it was written and read again. (study.json is written for the report and
// for programs, and nothing in Earmark reads it.)
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "earmark/error.h"
#include "training/run/event_json.h"
#include "training/run/results.h"
#include "training/study/study_settings.h"

namespace {

void read_results(const std::string& text) {
    earmark::RunResults results;
    try {
        results = earmark::parse_results(text, "fuzz");
    } catch (const earmark::Error&) {
        return;
    }
    const std::string written = earmark::results_json(results);
    if (earmark::results_json(earmark::parse_results(written, "again")) != written) std::abort();
}

void read_settings(const std::string& text) {
    try {
        (void)earmark::parse_study_settings(text, "fuzz");
    } catch (const earmark::Error&) {
        // What damaged bytes are for.
    }
}

void read_event(const std::string& text) {
    const auto event = earmark::parse_event(text);
    if (!event) return;
    const std::string written = earmark::event_json(*event);
    const auto again = earmark::parse_event(written);
    if (!again || earmark::event_json(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    read_results(text);
    read_settings(text);
    read_event(text);
    return 0;
}
