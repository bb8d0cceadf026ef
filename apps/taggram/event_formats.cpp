#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "apps/common/csv_field.h"
#include "apps/common/numbers.h"
#include "apps/common/visible_text.h"
#include "apps/taggram/taggram_file.h"

namespace earmark {
namespace {

struct NamedEvent {
    const TagEvent* event = nullptr;
    std::string name;  ///< on one line, without TABs
};

// By their starts, equals as the tags are ordered.
std::vector<NamedEvent> events_of(const TaggramFile& file) {
    std::vector<NamedEvent> events;
    for (const TaggramTag& tag : file.tags)
        for (const TagEvent& event : tag.events) events.push_back({&event, visible(file.description(tag).name)});
    std::ranges::stable_sort(events, {}, [](const NamedEvent& named) { return named.event->start_s; });
    return events;
}

// "00:01:02.345"
std::string cue_time(double time_s) {
    const auto all_ms = std::llround(time_s * 1000.0);
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%02lld:%02lld:%02lld.%03lld", all_ms / 3'600'000,
                                     all_ms / 60'000 % 60, all_ms / 1'000 % 60, all_ms % 1'000);
    return {text.data(), static_cast<std::size_t>(length)};
}

// Cue text is HTML-like: these three have meanings there.
std::string cue_text(const std::string& name) {
    std::string text;
    for (const char letter : name) {
        if (letter == '&')
            text += "&amp;";
        else if (letter == '<')
            text += "&lt;";
        else if (letter == '>')
            text += "&gt;";
        else
            text += letter;
    }
    return text;
}

}  // namespace

std::string audacity_labels(const TaggramFile& file) {
    std::string text;
    for (const NamedEvent& named : events_of(file))
        text += fixed_number(named.event->start_s, 6) + '\t' + fixed_number(named.event->end_s, 6) + '\t' + named.name +
                '\n';
    return text;
}

std::string sonic_visualiser_csv(const TaggramFile& file) {
    std::string text;
    for (const NamedEvent& named : events_of(file))
        text += fixed_number(named.event->start_s, 9) + ',' +
                fixed_number(static_cast<double>(named.event->peak_probability), 6) + ',' +
                fixed_number(named.event->end_s - named.event->start_s, 9) + ',' + csv_field(named.name) + '\n';
    return text;
}

std::string dcase_tsv(const TaggramFile& file) {
    std::string text = "filename\tonset\toffset\tevent_label\n";
    const std::string name = visible(file.path.filename().string());
    for (const NamedEvent& named : events_of(file))
        text += name + '\t' + fixed_number(named.event->start_s, 3) + '\t' + fixed_number(named.event->end_s, 3) +
                '\t' + named.name + '\n';
    return text;
}

std::string web_vtt(const TaggramFile& file) {
    std::set<double> changes_s;
    for (const NamedEvent& named : events_of(file)) {
        changes_s.insert(named.event->start_s);
        changes_s.insert(named.event->end_s);
    }
    std::string text = "WEBVTT\n";
    for (auto change = changes_s.begin(); change != changes_s.end() && std::next(change) != changes_s.end(); ++change) {
        std::string present;
        for (const TaggramTag& tag : file.tags)
            for (const TagEvent& event : tag.events)
                if (event.start_s <= *change && event.end_s > *change)
                    present += (present.empty() ? "" : ", ") + cue_text(visible(file.description(tag).name));
        if (!present.empty())
            text += "\n" + cue_time(*change) + " --> " + cue_time(*std::next(change)) + "\n" + present + "\n";
    }
    return text;
}

}  // namespace earmark
