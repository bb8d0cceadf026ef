#include "apps/dataset/import_run.h"

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>

#include "apps/common/interrupt.h"
#include "apps/common/program.h"
#include "apps/common/terminal.h"
#include "base/counted.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::size_t most_messages = 10;

// Before anything is read: an import can take minutes.
void check_target(const ImportOptions& options) {
    if (options.out.empty() || options.replaces) return;
    const auto manifest = std::filesystem::path(options.out) / "manifest.tsv";
    if (std::filesystem::exists(manifest)) {
        throw Error(ErrorCode::usage, manifest.string() + ": exists already; --force replaces it");
    }
}

void choose_tags(Imported& imported, const ImportOptions& options) {
    if (!options.tags.empty())
        keep_listed_tags(imported, options.tags);
    else if (options.top > 0)
        keep_top_tags(imported, options.top);
    if (options.drops_untagged) drop_untagged(imported);
}

void leave_out_short(Imported& imported, double shortest_s) {
    if (shortest_s <= 0.0 || imported.clips.empty()) return;
    const auto& clips = imported.clips;
    if (std::ranges::none_of(clips, [](const ListedClip& listed) { return listed.duration_s > 0.0; })) {
        throw Error(
            ErrorCode::usage,
            "--min-seconds: these lists have no durations; use 'earmark dataset check --min-seconds', which reads "
            "the audio");
    }
    drop_shorter(imported, shortest_s);
}

// Few clips or artists may all go to one split.
void note_empty_splits(Imported& imported, const SplitShares& shares) {
    std::string empty;
    for (const auto& [split, share] :
         {std::pair("train", shares.train), std::pair("valid", shares.valid), std::pair("test", shares.test)}) {
        const auto is_in = [split = split](const ListedClip& listed) { return listed.clip.split == split; };
        if (share > 0.0 && std::ranges::none_of(imported.clips, is_in))
            empty += (empty.empty() ? "" : " or ") + std::string(split);
    }
    if (empty.empty()) return;
    imported.notes.push_back("no clip is in " + empty + ": a hash chooses the splits, of " +
                             counted(imported.clips.size(), "clip") +
                             " in all. Another --seed gives other splits, 'earmark train --folds' "
                             "and 'earmark teach' need none");
}

void split_where_none(Imported& imported, const ImportOptions& options) {
    const auto& clips = imported.clips;
    const auto has_split = [](const ListedClip& listed) { return !listed.clip.split.empty(); };
    if (clips.empty()) return;
    if (std::ranges::any_of(clips, has_split)) {
        if (!options.has_shares) return;
        throw Error(ErrorCode::usage, "--shares: this data set has its own splits; leave out --shares");
    }
    const SplitShares shares{options.shares[0], options.shares[1], options.shares[2]};
    split_by_hash(imported, shares, options.seed);
    imported.notes.emplace_back(
        "the data set has no splits: each clip was assigned to one by a hash of its artist or path");
    note_empty_splits(imported, shares);
}

// tags.txt lists the tags of the task, also those whose audio is missing.
void note_tags_without_clips(Imported& imported) {
    std::set<std::string> used;
    for (const ListedClip& listed : imported.clips) used.insert(listed.clip.labels.begin(), listed.clip.labels.end());
    std::vector<std::string> unused;
    std::ranges::copy_if(imported.tags, std::back_inserter(unused),
                         [&](const std::string& tag) { return !used.contains(tag); });
    if (unused.empty()) return;
    const std::string more = unused.size() > 1 ? " nor " + std::to_string(unused.size() - 1) + " other tags" : "";
    imported.notes.push_back("no clip has the tag " + unused.front() + more + "; tags.txt still has them");
}

// Train, valid and test first, in this order, then the others.
std::vector<std::pair<std::string, std::size_t>> clips_of_splits(const Imported& imported) {
    std::map<std::string, std::size_t> counts;
    for (const ListedClip& listed : imported.clips) ++counts[listed.clip.split];
    std::vector<std::pair<std::string, std::size_t>> ordered;
    for (const char* split : {"train", "valid", "test"}) {
        if (const auto place = counts.find(split); place != counts.end()) {
            ordered.emplace_back(*place);
            counts.erase(place);
        }
    }
    ordered.insert(ordered.end(), counts.begin(), counts.end());
    return ordered;
}

std::map<std::string, std::size_t> reasons_of(const Imported& imported) {
    std::map<std::string, std::size_t> counts;
    for (const LeftOut& clip : imported.left_out) ++counts[clip.reason];
    return counts;
}

void print_summary(const Imported& imported, const ImportOptions& options) {
    std::cout << counted(imported.clips.size(), "clip") << ", " << counted(imported.tags.size(), "tag") << "\n";
    for (const auto& [split, count] : clips_of_splits(imported)) {
        std::cout << "  " << padded(split.empty() ? "(no split)" : split, 10) << std::setw(8) << count << "\n";
    }
    if (!imported.left_out.empty()) std::cout << counted(imported.left_out.size(), "clip") << " left out\n";
    for (const auto& [reason, count] : reasons_of(imported)) {
        std::cout << "  " << std::setw(8) << count << "  " << reason << "\n";
    }
    for (const std::string& note : imported.notes) std::cout << "note: " << note << "\n";
    if (options.audio.empty()) std::cout << "note: audio files were not looked for; name their folder with --audio\n";
    if (options.out.empty())
        std::cout << "note: nothing was written; name an output folder with --out\n";
    else
        std::cout << "written: " << options.out << "/manifest.tsv, tags.txt, left_out.tsv\n";
}

ExitStatus report_faults(const Imported& imported, const ImportOptions& options) {
    std::size_t count = 0;
    for (const LeftOut& clip : imported.left_out) {
        if (clip.is_fault && count++ < most_messages) print_message(clip.path.string() + ": " + clip.text());
    }
    if (count > most_messages) {
        print_message("and " + std::to_string(count - most_messages) + " more" +
                      (options.out.empty() ? "" : ", see " + options.out + "/left_out.tsv"));
    }
    return count == 0 ? ExitStatus::all_done : ExitStatus::item_failed;
}

std::optional<std::filesystem::path> audio_folder(const ImportOptions& options) {
    if (options.audio.empty()) return std::nullopt;
    return options.audio;
}

// All that comes before writing. Nothing when the user interrupted it.
std::optional<Imported> imported_unless_stopped(const ImportOptions& options,
                                                const std::function<Imported(const std::stop_token&)>& read) {
    const InterruptWatch interrupt;
    try {
        Imported imported = read(interrupt.token());
        choose_tags(imported, options);
        leave_out_short(imported, options.shortest_s);
        split_where_none(imported, options);
        if (const auto audio = audio_folder(options)) find_audio(imported, *audio, interrupt.token());
        if (!imported.clips.empty()) note_tags_without_clips(imported);
        if (!interrupted()) return imported;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
    }
    return std::nullopt;
}

}  // namespace

ExitStatus run_import(const ImportOptions& options, const std::function<Imported(const std::stop_token&)>& read) {
    check_target(options);
    catch_interrupts();
    const std::optional<Imported> found = imported_unless_stopped(options, read);
    if (!found) {
        print_message(options.out.empty() ? "stopped" : "stopped; nothing was written");
        return ExitStatus::item_failed;
    }
    const Imported& imported = *found;
    if (!options.out.empty()) write_import(imported, options.out, audio_folder(options));
    print_summary(imported, options);
    flush_standard_output();
    return report_faults(imported, options);
}

}  // namespace earmark
