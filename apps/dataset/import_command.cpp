#include "apps/dataset/import_command.h"

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include "apps/common/category_option.h"
#include "apps/dataset/import_run.h"
#include "datasets/import/import.h"
#include "earmark/error.h"

namespace earmark {
namespace {

struct KindOptions : ImportOptions {
    bool is_full = false;
    std::string labels;
    std::optional<std::string> jamendo_subset;
    std::optional<int> jamendo_split;
    std::string subset = "full";
    bool has_all_genres = false;
    std::string category;
    TableColumns columns;
    std::string tag_separator = ",";
};

using Options = std::shared_ptr<KindOptions>;

void check_shares(const ImportOptions& options) {
    double sum = 0.0;
    for (const double share : options.shares) sum += share;
    if (std::abs(sum - 100.0) > 1e-6) throw Error(ErrorCode::usage, "--shares: the three numbers must add up to 100");
}

std::filesystem::path only_source(const ImportOptions& options) {
    if (options.sources.size() == 1) return options.sources.front();
    throw Error(ErrorCode::usage, "expected one SOURCE, found " + std::to_string(options.sources.size()));
}

JamendoPart jamendo_part(const KindOptions& options) {
    const bool is_repository = options.sources.size() == 1 && std::filesystem::is_directory(options.sources.front());
    if (!is_repository && (options.jamendo_subset || options.jamendo_split)) {
        throw Error(ErrorCode::usage, std::string(options.jamendo_subset ? "--subset" : "--split") +
                                          ": expected the folder of the repository as SOURCE, found lists of one part");
    }
    const JamendoPart usual;
    return {options.jamendo_subset.value_or(usual.subset), options.jamendo_split.value_or(usual.split)};
}

class Kinds {
public:
    Kinds(CLI::App& command, int& exit_status) : command_(command), exit_status_(exit_status) {}

    /// A command for one kind, with the options of all.
    CLI::App& add(const std::string& name, const std::string& description, const std::string& source,
                  const Options& options, const std::function<Imported(KindOptions&)>& read) {
        CLI::App* kind = command_.add_subcommand(name, description);
        kind->add_option("source", options->sources, source)->type_name("SOURCE")->required();
        kind->add_option("--audio", options->audio, "Folder with the audio, searched with all below")->type_name("DIR");
        kind->add_option("--out", options->out, "Folder for manifest.tsv, tags.txt and left_out.tsv")->type_name("DIR");
        kind->add_flag("--force", options->replaces, "Replace the manifest of an earlier import");
        CLI::Option* tags = kind->add_option("--tags", options->tags, "Keep the tags of this list, one a line");
        tags->type_name("FILE");
        kind->add_option("--top", options->top, "Keep so many of the most frequent tags; 0 is all")
            ->type_name("N")
            ->excludes(tags)
            ->capture_default_str();
        kind->add_flag("--drop-untagged", options->drops_untagged, "Leave out clips that have none of the tags");
        kind->add_option("--min-seconds", options->shortest_s, "Leave out clips that the lists say are shorter")
            ->type_name("S")
            ->check(CLI::NonNegativeNumber);
        kind->callback([&exit_status = exit_status_, options, read] {
            exit_status = run_import(*options, [&] { return read(*options); });
        });
        return *kind;
    }

    void add_mtat() {
        const auto options = std::make_shared<KindOptions>();
        options->top = 50;
        CLI::App& kind =
            add("mtat", "MagnaTagATune",
                "annotations_final.csv or its folder (split by folder), lists of path and tags, or both", options,
                [](KindOptions& chosen) {
                    chosen.drops_untagged |= !chosen.is_full;
                    return import_mtat(chosen.sources, chosen.is_full ? MtatConvention::full : MtatConvention::clean);
                });
        kind.add_flag("--full,!--clean", options->is_full,
                      "Keep clips that have none of the tags, as some papers do; the figures of the two differ");
    }

    void add_msd() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("msd", "Million Song Dataset with Last.fm tags",
                "Lists of msd_id<TAB>tag,tag, named after train, valid and test", options, [](KindOptions& chosen) {
                    std::optional<std::filesystem::path> labels;
                    if (!chosen.labels.empty()) labels = chosen.labels;
                    return import_msd(chosen.sources, labels);
                });
        kind.add_option("--labels", options->labels, "Table of msd_id<TAB>tag,tag for lists that hold ids alone")
            ->type_name("FILE");
    }

    void add_gtzan() {
        add("gtzan", "GTZAN", "Lists of genre/genre.NNNNN.wav, named after train, valid and test",
            std::make_shared<KindOptions>(), [](KindOptions& chosen) { return import_gtzan(chosen.sources); });
    }

    void add_tagtraum() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind = add(
            "tagtraum", "Tagtraum's genres of the Million Song Dataset",
            "The .cls file, then lists of ids, named after train, valid and test", options, [](KindOptions& chosen) {
                check_shares(chosen);
                return import_tagtraum(chosen.sources.front(), {chosen.sources.begin() + 1, chosen.sources.end()});
            });
        add_split_options(kind, options);
    }

    void add_jamendo() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("jamendo", "MTG-Jamendo",
                "The repository or its folder data, or three files such as autotagging_genre-train.tsv", options,
                [](KindOptions& chosen) { return import_jamendo(chosen.sources, jamendo_part(chosen)); });
        kind.add_option("--subset", options->jamendo_subset, "Which tags, of the repository")
            ->check(CLI::IsMember({"all", "top50tags", "genre", "instrument", "moodtheme"}))
            ->default_str(JamendoPart().subset);
        kind.add_option("--split", options->jamendo_split, "Which of the five splits, of the repository")
            ->type_name("N")
            ->check(CLI::Range(0, 4))
            ->default_str(std::to_string(JamendoPart().split));
    }

    void add_fma() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind = add("fma", "Free Music Archive", "The folder fma_metadata, or tracks.csv", options,
                             [](KindOptions& chosen) {
                                 return import_fma(only_source(chosen), chosen.subset,
                                                   chosen.has_all_genres ? FmaGenres::all : FmaGenres::top);
                             });
        kind.add_option("--subset", options->subset, "Each contains those before it")
            ->check(CLI::IsMember({"small", "medium", "large", "full"}))
            ->capture_default_str();
        kind.add_flag("--all-genres", options->has_all_genres,
                      "All genres of a track, by genres.csv, in place of its one top genre");
    }

    void add_folder() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind = add("folder", "A folder with a folder of audio for each tag",
                             "The folder: TAG/FILE or TAG/ARTIST/FILE, or the same below train, valid and test",
                             options, [](KindOptions& chosen) {
                                 check_shares(chosen);
                                 if (chosen.audio.empty()) chosen.audio = only_source(chosen);
                                 return import_folder(only_source(chosen), chosen.category);
                             });
        add_category_option(kind, options->category, "Category of the tags");
        add_split_options(kind, options);
    }

    void add_table() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("table", "A table of comma-, semicolon- or TAB-separated values with a header",
                "The table: path, tags, and where there are such: split, artist, known, duration_s, genre, "
                "mood, instrument, voice, era, other",
                options, [](KindOptions& chosen) {
                    check_shares(chosen);
                    chosen.columns.tag_separator = chosen.tag_separator.front();
                    const auto table = only_source(chosen);
                    if (chosen.audio.empty()) {
                        chosen.audio = table.has_parent_path() ? table.parent_path().string() : ".";
                    }
                    return import_table(table, chosen.columns);
                });
        kind.add_option("--path-column", options->columns.path, "Its name for path")->capture_default_str();
        kind.add_option("--tags-column", options->columns.tags, "Its name for tags")->capture_default_str();
        kind.add_option("--tag-separator", options->tag_separator, "What stands between the tags of a field")
            ->check([](const std::string& text) { return text.size() == 1 ? "" : "expected one character"; })
            ->capture_default_str();
        add_split_options(kind, options);
    }

private:
    static void add_split_options(CLI::App& kind, const Options& options) {
        kind.add_option("--shares", options->shares, "Percentages of train, valid and test where there is no split")
            ->type_name("TRAIN,VALID,TEST")
            ->delimiter(',')
            ->expected(3)
            ->check(CLI::Range(0.0, 100.0))
            ->default_str("80,10,10")
            ->each([options](const std::string&) { options->has_shares = true; });
        kind.add_option("--seed", options->seed, "Another number draws another split")
            ->type_name("N")
            ->capture_default_str();
    }

    CLI::App& command_;
    int& exit_status_;
};

}  // namespace

void add_import_command(CLI::App& dataset, int& exit_status) {
    CLI::App* command =
        dataset.add_subcommand("import", "Write the manifest of a published data set, or of your own folders or table");
    command->require_subcommand(1);
    Kinds kinds(*command, exit_status);
    kinds.add_mtat();
    kinds.add_msd();
    kinds.add_gtzan();
    kinds.add_tagtraum();
    kinds.add_jamendo();
    kinds.add_fma();
    kinds.add_folder();
    kinds.add_table();
}

}  // namespace earmark
