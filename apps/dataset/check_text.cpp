#include <algorithm>
#include <array>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "apps/common/terminal.h"
#include "apps/common/visible_text.h"
#include "apps/dataset/check_report.h"
#include "base/counted.h"

namespace earmark {
namespace {

constexpr std::size_t column_width = 16;

std::string amount_text(const Amount& amount) {
    std::ostringstream text;
    text << std::setw(7) << amount.clip_count << std::setw(7) << std::fixed << std::setprecision(2)
         << amount.duration_s / 3600.0 << " h";
    return text.str();
}

std::string split_name(const std::string& split) { return split.empty() ? "(no split)" : split; }

void write_row(std::ostream& stream, const std::string& name, std::size_t name_width, const DatasetTotals& totals,
               const Amount& all, const std::map<std::string, Amount>& by_split) {
    stream << padded(name, name_width) << amount_text(all);
    for (const std::string& split : totals.splits) {
        const auto place = by_split.find(split);
        stream << amount_text(place == by_split.end() ? Amount{} : place->second);
    }
    stream << "\n";
}

void write_totals(std::ostream& stream, const DatasetTotals& totals) {
    std::size_t name_width = 3;
    for (const LabelTotals& label : totals.labels) name_width = std::max(name_width, display_width(label.label));
    stream << padded("tag", name_width) << std::setw(column_width) << "all";
    for (const std::string& split : totals.splits) stream << std::setw(column_width) << split_name(split);
    stream << "\n";
    for (const LabelTotals& label : totals.labels) {
        write_row(stream, label.label, name_width, totals, label.all, label.by_split);
    }
    write_row(stream, "all", name_width, totals, totals.all, totals.by_split);
}

void write_faults(std::ostream& stream, const DatasetCheck& check) {
    const auto count = [&](ClipFault::Kind kind) {
        return std::ranges::count(check.faults, kind, [](const ClipFault& fault) { return fault.kind; });
    };
    stream << "\ncannot be used   " << count(ClipFault::Kind::unreadable) << "\ndamaged          "
           << count(ClipFault::Kind::damaged) << "\ntoo short        " << count(ClipFault::Kind::too_short)
           << "\nsilent           " << count(ClipFault::Kind::silent) << "\n";
}

std::string clip_text(const Dataset& dataset, std::size_t index) {
    const Clip& clip = dataset.clips[index];
    return visible(clip.path.string()) + " (" + split_name(clip.split) + ")";
}

void write_equal(std::ostream& stream, const Dataset& dataset, const std::vector<EqualClips>& groups) {
    std::vector<EqualClips> across;
    std::ranges::copy_if(groups, std::back_inserter(across),
                         [&](const EqualClips& clips) { return in_two_splits(dataset, clips); });
    stream << "equal clips      " << counted(groups.size(), "group") << ", " << across.size()
           << " of them across splits\n";
    for (const EqualClips& clips : across) {
        std::string line;
        for (const std::size_t clip : clips) line += (line.empty() ? "  " : " = ") + clip_text(dataset, clip);
        stream << line << "\n";
    }
}

void write_near(std::ostream& stream, const Dataset& dataset, const std::vector<NearDuplicate>& pairs) {
    const std::vector<NearDuplicate> across = across_splits(dataset, pairs);
    stream << "near duplicates  " << counted(pairs.size(), "pair") << ", " << across.size()
           << " of them across splits\n";
    for (const NearDuplicate& pair : across) {
        stream << "  " << clip_text(dataset, pair.first) << " ~ " << clip_text(dataset, pair.second) << ": "
               << std::fixed << std::setprecision(1) << pair.common_s << " s in common, " << 100.0 * pair.bit_error
               << " % of the bits differ\n";
    }
}

void write_artists(std::ostream& stream, const std::vector<SharedArtist>& artists) {
    stream << "shared artists   " << artists.size() << " in more than one split\n";
    for (const SharedArtist& artist : artists) {
        stream << "  " << artist.artist << ":";
        std::string separator = " ";
        for (const auto& [split, count] : artist.clips_by_split) {
            stream << separator << split << " " << count;
            separator = ", ";
        }
        stream << "\n";
    }
}

}  // namespace

std::vector<NearDuplicate> across_splits(const Dataset& dataset, const std::vector<NearDuplicate>& pairs) {
    std::vector<NearDuplicate> across;
    std::ranges::copy_if(pairs, std::back_inserter(across), [&](const NearDuplicate& pair) {
        return in_two_splits(dataset, {pair.first, pair.second});
    });
    return across;
}

void write_check_text(std::ostream& stream, const Dataset& dataset, const DatasetCheck& check) {
    write_totals(stream, check.totals);
    write_faults(stream, check);
    if (check.checked_count == dataset.clips.size()) {
        write_equal(stream, dataset, check.equal_clips);
        write_near(stream, dataset, check.near_duplicates);
    }
    write_artists(stream, check.shared_artists);
}

}  // namespace earmark
