#include "apps/dataset/import_command.h"

#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>

#include "apps/common/category_option.h"
#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/holds_audio.h"
#include "apps/common/option_checks.h"
#include "apps/common/top_option.h"
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
using Read = std::function<Imported(KindOptions&, const std::stop_token&)>;

void check_shares(const ImportOptions& options) {
    if (options.shares.size() != 3)
        throw Error(ErrorCode::usage,
                    "--shares: expected 3 percentages, found " + std::to_string(options.shares.size()));
    double sum = 0.0;
    for (const double share : options.shares) sum += share;
    if (std::abs(sum - 100.0) > 1e-6)
        throw Error(ErrorCode::usage, "--shares: the three percentages must add up to 100");
}

std::filesystem::path only_source(const ImportOptions& options) {
    if (options.sources.size() == 1) return options.sources.front();
    throw Error(ErrorCode::usage, "expected one SOURCE, found " + std::to_string(options.sources.size()));
}

JamendoSelection jamendo_selection(const KindOptions& options) {
    const bool is_repository = options.sources.size() == 1 && std::filesystem::is_directory(options.sources.front());
    if (!is_repository && (options.jamendo_subset || options.jamendo_split)) {
        throw Error(ErrorCode::usage, std::string(options.jamendo_subset ? "--subset" : "--split") +
                                          ": expected the folder of the repository as SOURCE, found single lists");
    }
    const JamendoSelection usual;
    return {options.jamendo_subset.value_or(usual.subset), options.jamendo_split.value_or(usual.split)};
}

class Kinds {
public:
    Kinds(CLI::App& command, int& exit_status) : command_(command), exit_status_(exit_status) {}

    /// A command for one kind, with the options of all.
    CLI::App& add(const std::string& name, const std::string& description, const std::string& source,
                  const Options& options, const std::string& example, const Read& read) {
        CLI::App* kind = command_.add_subcommand(name, description);
        kind->add_option("SOURCE", options->sources, source)->required();
        kind->add_option("--audio", options->audio, "Folder with the audio files; its subfolders are searched too")
            ->type_name("DIR");
        kind->add_option(
                "--out", options->out,
                "Output folder for manifest.tsv, tags.txt and left_out.tsv; without it only a summary is printed")
            ->type_name("DIR");
        kind->add_flag("--force", options->replaces, "Replace the manifest of an earlier import");
        CLI::Option* tags =
            kind->add_option("--tags", options->tags, "Keep only the tags listed in FILE, one per line, in this order");
        tags->type_name("FILE");
        add_top_option(*kind, options->top, "Keep only the N most frequent tags; 0 keeps all", 0)->excludes(tags);
        kind->add_flag("--drop-untagged", options->drops_untagged, "Leave out clips that have none of the tags");
        kind->add_option("--min-seconds", options->shortest_s,
                         "Leave out clips that are shorter than S seconds by the durations in the lists")
            ->type_name("S")
            ->check(number(0.0));
        kind->callback([&exit_status = exit_status_, options, read] {
            exit_status =
                exit_code(run_import(*options, [&](const std::stop_token& stop) { return read(*options, stop); }));
        });
        kind->footer(examples({"earmark dataset import " + name + " " + example}));
        return *kind;
    }

    void add_mtat() {
        const auto options = std::make_shared<KindOptions>();
        options->top = 50;
        CLI::App& kind =
            add("mtat", "Import MagnaTagATune",
                "annotations_final.csv or its folder (the folders 0 to f decide the split), lists of paths and "
                "tags, or both",
                options, "mtat/ --audio mtat/ --out DIR", [](KindOptions& chosen, const std::stop_token&) {
                    chosen.drops_untagged |= !chosen.is_full;
                    return import_mtat(chosen.sources, chosen.is_full ? MtatConvention::full : MtatConvention::clean);
                });
        kind.add_flag("--full,!--clean", options->is_full,
                      "--full keeps clips that have none of the tags, as some papers do; --clean, the default, leaves "
                      "them out. Scores of the two are not comparable");
    }

    void add_msd() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("msd", "Import the Million Song Dataset with Last.fm tags",
                "Lists of msd_id<TAB>tag,tag; the name of each list contains train, valid or test", options,
                "train.tsv valid.tsv test.tsv --audio msd/ --out DIR", [](KindOptions& chosen, const std::stop_token&) {
                    std::optional<std::filesystem::path> labels;
                    if (!chosen.labels.empty()) labels = chosen.labels;
                    return import_msd(chosen.sources, labels);
                });
        kind.add_option("--labels", options->labels,
                        "Table with lines of msd_id<TAB>tag,tag, for lists that contain only ids")
            ->type_name("FILE");
    }

    void add_gtzan() {
        add("gtzan", "Import GTZAN",
            "Lists of paths such as blues/blues.00000.wav; the name of each list contains train, valid or test",
            std::make_shared<KindOptions>(), "lists/ --audio gtzan/ --out DIR",
            [](KindOptions& chosen, const std::stop_token&) { return import_gtzan(chosen.sources); });
    }

    void add_tagtraum() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("tagtraum", "Import the Tagtraum genres of the Million Song Dataset",
                "The .cls file, then lists of ids; the name of each list contains train, valid or test", options,
                "msd_tagtraum_cd2.cls --audio msd/ --out DIR", [](KindOptions& chosen, const std::stop_token&) {
                    check_shares(chosen);
                    return import_tagtraum(chosen.sources.front(), {chosen.sources.begin() + 1, chosen.sources.end()});
                });
        add_split_options(kind, options);
    }

    void add_jamendo() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind = add("jamendo", "Import MTG-Jamendo",
                             "The cloned repository or its folder data, or three lists such as "
                             "autotagging_genre-train.tsv",
                             options, "data/ --subset genre --audio jamendo/ --out DIR",
                             [](KindOptions& chosen, const std::stop_token&) {
                                 return import_jamendo(chosen.sources, jamendo_selection(chosen));
                             });
        kind.add_option("--subset", options->jamendo_subset, "Which tags of the repository")
            ->check(one_of({"all", "top50tags", "genre", "instrument", "moodtheme"}))
            ->default_str(JamendoSelection().subset);
        kind.add_option("--split", options->jamendo_split, "Which of the five splits of the repository")
            ->type_name("N")
            ->check(whole_number(0, 4))
            ->default_str(std::to_string(JamendoSelection().split));
    }

    void add_fma() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("fma", "Import the Free Music Archive", "The folder fma_metadata, or its tracks.csv", options,
                "fma_metadata/ --subset small --out DIR", [](KindOptions& chosen, const std::stop_token&) {
                    return import_fma(only_source(chosen), chosen.subset,
                                      chosen.has_all_genres ? FmaGenres::all : FmaGenres::top);
                });
        kind.add_option("--subset", options->subset, "Which tracks; each subset contains those before it")
            ->check(one_of({"small", "medium", "large", "full"}))
            ->capture_default_str();
        kind.add_flag("--all-genres", options->has_all_genres,
                      "Keep all genres of a track, not only its top genre (needs genres.csv)");
    }

    void add_folder() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("folder", "Import a folder with one folder of audio files for each tag",
                "The folder, with TAG/FILE or TAG/ARTIST/FILE in it, or the same in its folders train, valid and test",
                options, "~/moods --category mood --out DIR", [](KindOptions& chosen, const std::stop_token& stop) {
                    check_shares(chosen);
                    if (chosen.audio.empty()) chosen.audio = only_source(chosen);
                    return import_folder(only_source(chosen), chosen.category, stop, holds_audio);
                });
        add_category_option(kind, options->category, "Category of the tags (default: other)");
        add_split_options(kind, options);
    }

    void add_table() {
        const auto options = std::make_shared<KindOptions>();
        CLI::App& kind =
            add("table", "Import a table of comma-, semicolon- or TAB-separated values with a header line",
                "The table. It must have the column path, and tags or one of genre, mood, instrument, voice, era and "
                "other. It may have split, artist, known and duration_s",
                options, "songs.csv --tags-column labels --out DIR", [](KindOptions& chosen, const std::stop_token&) {
                    check_shares(chosen);
                    chosen.columns.tag_separator = chosen.tag_separator.front();
                    const auto table = only_source(chosen);
                    if (chosen.audio.empty()) {
                        chosen.audio = table.has_parent_path() ? table.parent_path().string() : ".";
                    }
                    return import_table(table, chosen.columns, chosen.audio);
                });
        kind.add_option("--path-column", options->columns.path, "Column that has the paths of the audio files")
            ->type_name("NAME")
            ->capture_default_str();
        kind.add_option("--tags-column", options->columns.tags, "Column that has the tags")
            ->type_name("NAME")
            ->capture_default_str();
        kind.add_option("--tag-separator", options->tag_separator, "Character between the tags of a field")
            ->type_name("C")
            ->check([](const std::string& text) {
                return text.size() == 1 ? "" : "expected one character, found '" + text + "'";
            })
            ->capture_default_str();
        add_split_options(kind, options);
    }

private:
    static void add_split_options(CLI::App& kind, const Options& options) {
        kind.add_option("--shares", options->shares,
                        "Percentages of clips for train, valid and test, if the data set has no splits")
            ->type_name("TRAIN,VALID,TEST")
            ->delimiter(',')
            ->check(number(0.0, 100.0))
            ->default_str("80,10,10")
            ->each([options](const std::string&) { options->has_shares = true; });
        kind.add_option("--seed", options->seed, "Seed of these splits")
            ->type_name("N")
            ->check(whole_number(0))
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
    command->footer(
        examples({"earmark dataset import folder ~/moods --out DIR", "earmark dataset import mtat --help"}));
}

}  // namespace earmark
