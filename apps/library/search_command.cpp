#include "apps/library/search_command.h"

#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/top_option.h"
#include "apps/library/db_option.h"
#include "apps/library/search_library.h"
#include "apps/library/stale_tracks.h"
#include "apps/library/track_list.h"
#include "catalogue/catalogue.h"

namespace earmark {
namespace {

struct SearchOptions {
    std::vector<std::string> words;
    std::string db;
    std::size_t most = 50;
    std::size_t most_per_artist = 0;
    bool is_once = false;
    double diversity = 0.0;
    TrackListOptions list;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

ExitStatus run(const SearchOptions& options) {
    check_track_list_options(options.list);
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const std::string query = joined(options.words);
    const TrackList list =
        search_library(library.database(), {query, options.most, options.most_per_artist,
                                            !options.is_once && options.diversity == 0.0, options.diversity});
    if (list.entries.empty()) {
        const std::string stale = note_of_stale_tracks(library.database());
        print_message("no track fits" + hint_after_nothing(library.database(), query) +
                      (stale.empty() ? "" : "; " + stale));
    } else {
        report_stale_tracks(library.database());
    }
    write_track_list(list, options.list);
    return ExitStatus::all_done;
}

}  // namespace

void add_library_search_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<SearchOptions>();
    CLI::App* command = library.add_subcommand("search", "Find tracks by tags, words and years");
    command
        ->add_option(
            "QUERY", options->words,
            "What to search for: tags with 'and', 'or', 'not' and brackets; 'piano>0.6'; artist:, album:, "
            "title:, year:, duration:, path:, status:; other words are searched for in titles, artists and albums")
        ->required();
    add_db_option(*command, options->db);
    add_top_option(*command, options->most, "The N best ones, 0 for all", 0);
    command->add_option("--per-artist", options->most_per_artist, "At most N by one artist (default: any number)")
        ->type_name("N")
        ->check(whole_number(1));
    command->add_flag("--once", options->is_once, "Each recording once, although the library has copies of it");
    command
        ->add_option(
            "--diversity", options->diversity,
            "From 0 (the best ones) to 1 (the most different ones): how much it counts that tracks do not sound "
            "alike")
        ->type_name("D")
        ->check(number(0.0, 1.0));
    add_track_list_options(*command, options->list);
    command->footer(examples({"earmark library search 'genre:jazz and calm and not vocal'",
                              "earmark library search 'piano>0.6 year:1950..1969' --out piano.m3u8 --relative"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
