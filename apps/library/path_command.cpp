#include "apps/library/path_command.h"

#include <algorithm>
#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/library/db_option.h"
#include "apps/library/search_library.h"
#include "apps/library/similar_tracks.h"
#include "catalogue/catalogue.h"
#include "catalogue/fingerprint_reader.h"
#include "search/path_between.h"

namespace earmark {
namespace {

struct PathOptions {
    std::string from;
    std::string to;
    std::string db;
    std::size_t count = 25;
    TrackListOptions list;
};

// Every track of music with an embedding, and what path_between() needs of them.
struct Tracks {
    std::vector<catalogue::TrackRow> rows;
    std::vector<RecordingFacts> facts;
};

Tracks tracks_of(catalogue::Database& database, const catalogue::SearchedModel& model,
                 const catalogue::Embeddings& embeddings) {
    Tracks tracks;
    for (catalogue::TrackRow& row : catalogue::TrackReader(database, model.id).all()) {
        const std::size_t place = embeddings.row_of(row.analysis_id);
        if (place == RecordingFacts::no_row || !is_music(row)) continue;
        tracks.facts.push_back(facts_of(row, place));
        tracks.rows.push_back(std::move(row));
    }
    return tracks;
}

// A track that the last scan missed, or that is no music, may still be an end.
std::size_t place_of(const Seed& seed, Tracks& tracks) {
    const auto found = std::ranges::find(tracks.rows, seed.track->id, &catalogue::TrackRow::id);
    const auto place = static_cast<std::size_t>(found - tracks.rows.begin());
    if (found != tracks.rows.end()) return place;
    tracks.rows.push_back(*seed.track);
    tracks.facts.push_back(facts_of(*seed.track, seed.row));
    return place;
}

// The score of a track is its similarity to the one before it.
TrackList list_of(const Tracks& tracks, const std::vector<std::size_t>& path, const Int8Matrix& embeddings) {
    TrackList list{"similarity", {}, {}};
    for (std::size_t i = 0; i < path.size(); ++i) {
        const float cosine =
            i == 0 ? 1.0F : cosine_of_rows(embeddings, tracks.facts[path[i - 1]].row, tracks.facts[path[i]].row);
        list.entries.push_back({tracks.rows[path[i]], similarity_of(cosine)});
    }
    return list;
}

void check_ends(const Seed& from, const Seed& to) {
    if (from.track->audio_id == to.track->audio_id)
        throw Error(ErrorCode::usage, "FROM and TO: expected two recordings, found '" + from.name + "' and '" +
                                          to.name + "', which have the same audio");
}

ExitStatus run(const PathOptions& options) {
    check_track_list_options(options.list);
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel model = catalogue::searched_model(library.database());
    const catalogue::Embeddings embeddings(library.database(), model);
    SeedReader reader(library.database(), model, embeddings, {});
    const Seed from = reader.read_from_library(options.from);
    const Seed to = reader.read_from_library(options.to);
    check_ends(from, to);
    Tracks tracks = tracks_of(library.database(), model, embeddings);
    const std::size_t start = place_of(from, tracks);
    const std::size_t end = place_of(to, tracks);
    catalogue::FingerprintReader fingerprints(library.database());
    const std::vector<std::size_t> path =
        path_between(tracks.facts, embeddings.matrix(), start, end, options.count, std::ref(fingerprints));
    TrackList list = list_of(tracks, path, embeddings.matrix());
    list.title = "From " + options.from + " to " + options.to;
    if (path.size() < options.count)
        print_message("the library has only " + std::to_string(path.size()) + " recordings for the way");
    write_track_list(list, options.list);
    return ExitStatus::all_done;
}

}  // namespace

void add_library_path_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<PathOptions>();
    CLI::App* command =
        library.add_subcommand("path", "Find a way from one track to another through those between them");
    command->add_option("FROM", options->from, "A track of the library, by path or number")->required();
    command->add_option("TO", options->to, "A track of the library, by path or number")->required();
    add_db_option(*command, options->db);
    command->add_option("--count", options->count, "How many tracks the way has, with both ends")
        ->type_name("N")
        ->check(whole_number(2, 1000))
        ->capture_default_str();
    add_track_list_options(*command, options->list);
    command->footer(examples({"earmark library path calm.mp3 loud.mp3",
                              "earmark library path 17 4711 --count 12 --out way.m3u8 --relative"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
