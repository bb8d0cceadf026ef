#include "apps/library/similar_command.h"

#include <memory>
#include <set>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/interrupt.h"
#include "apps/common/model_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/top_option.h"
#include "apps/library/db_option.h"
#include "apps/library/similar_tracks.h"
#include "apps/library/stale_tracks.h"
#include "catalogue/catalogue.h"

namespace earmark {
namespace {

struct SimilarOptions {
    std::vector<std::string> seeds;
    std::string db;
    std::string model;
    SimilarSearch search;
    TrackListOptions list;
};

// Prints what cannot be used, and then gives `status` item_failed.
std::vector<Seed> seeds_of(const SimilarOptions& options, SeedReader& reader, const std::stop_token& stop,
                           ExitStatus& status) {
    std::vector<Seed> seeds;
    for (const std::string& name : options.seeds) {
        try {
            std::ranges::move(reader.read(name, stop), std::back_inserter(seeds));
        } catch (const Error& error) {
            if (error.code() == ErrorCode::usage || error.code() == ErrorCode::canceled) throw;
            print_message(error.what());
            status = ExitStatus::item_failed;
        }
    }
    return seeds;
}

// What is to be printed when nothing was found.
std::string reason(const std::vector<Seed>& seeds, const catalogue::Embeddings& embeddings) {
    std::set<std::size_t> rows;
    for (const Seed& seed : seeds)
        if (seed.track) rows.insert(seed.row);
    return embeddings.matrix().row_count() == rows.size() ? "the library has no other track that is analyzed"
                                                          : "no other track is that similar";
}

ExitStatus search(const SimilarOptions& options) {
    const InterruptWatch interrupt;
    check_track_list_options(options.list);
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel model = catalogue::searched_model(library.database());
    const catalogue::Embeddings embeddings(library.database(), model);
    SeedReader reader(library.database(), model, embeddings, options.model);
    ExitStatus status = ExitStatus::all_done;
    const std::vector<Seed> seeds = seeds_of(options, reader, interrupt.token(), status);
    if (seeds.empty()) {
        print_message("no seed can be used; expected tracks of the library, audio files or playlists");
        return ExitStatus::item_failed;
    }
    const TrackList list = similar_tracks(library.database(), model, embeddings, seeds, options.search);
    if (list.entries.empty()) print_message(reason(seeds, embeddings));
    report_stale_tracks(library.database());
    write_track_list(list, options.list);
    return status;
}

ExitStatus run(const SimilarOptions& options) {
    catch_interrupts();
    try {
        return search(options);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        print_message("stopped: nothing was searched");
        return ExitStatus::item_failed;
    }
}

}  // namespace

void add_library_similar_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<SimilarOptions>();
    CLI::App* command = library.add_subcommand("similar", "Find the tracks that are most similar to some others");
    command
        ->add_option("SEED", options->seeds,
                     "Tracks of the library by path or number, other audio files, or playlists (.m3u, .m3u8, .jspf); "
                     "several are searched for together")
        ->required();
    add_db_option(*command, options->db);
    add_top_option(*command, options->search.most, "The N most similar ones", 1, 1'000'000);
    command
        ->add_option("--per-artist", options->search.most_per_artist, "At most N by one artist (default: any number)")
        ->type_name("N")
        ->check(whole_number(1));
    command
        ->add_option("--min-similarity", options->search.least_similarity,
                     "Only tracks that are at least so similar, from 0 to 1")
        ->type_name("S")
        ->check(number(0.0, 1.0));
    command
        ->add_option(
            "--diversity", options->search.diversity,
            "From 0 (the most similar ones) to 1 (the most different ones): how much it counts that the tracks "
            "do not sound like each other")
        ->type_name("D")
        ->check(number(0.0, 1.0));
    add_track_list_options(*command, options->list);
    add_model_option(*command, options->model);
    command->footer(examples({"earmark library similar song.mp3", "earmark library similar 4711 --per-artist 1",
                              "earmark library similar liked.m3u8 --top 30 --diversity 0.3 --out more.m3u8"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
