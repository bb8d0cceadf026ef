#include "apps/library/mix_command.h"

#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/interrupt.h"
#include "apps/common/model_option.h"
#include "apps/common/program.h"
#include "apps/common/visible_text.h"
#include "apps/library/db_option.h"
#include "apps/library/mix.h"
#include "apps/library/search_library.h"
#include "apps/library/stale_tracks.h"
#include "base/counted.h"
#include "base/write_file.h"
#include "catalogue/catalogue.h"

namespace earmark {
namespace {

struct MixOptions {
    std::string rules;
    std::string db;
    std::string out;
    std::string format = "m3u8";
    std::string model;
    bool is_relative = false;
};

// "1:02:03" or "2:03".
std::string clock_text(double seconds) {
    const auto total = std::llround(seconds);
    const auto two_digits = [](long long number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const std::string end = ":" + two_digits(total % 60);
    return total < 3600 ? std::to_string(total / 60) + end
                        : std::to_string(total / 3600) + ":" + two_digits(total / 60 % 60) + end;
}

bool has_text(const std::filesystem::path& file, const std::string& text) {
    std::ifstream stream(file, std::ios::binary);
    return stream && std::string(std::istreambuf_iterator<char>(stream), {}) == text;
}

// A playlist that is as it was is not written: players and synchronization see no change.
void write_playlist(const TrackList& list, const std::filesystem::path& file, const MixOptions& options) {
    const std::string text = track_list_text(list, {options.format, file.string(), options.is_relative});
    const bool is_same = has_text(file, text);
    if (!is_same) write_file(file, text);
    std::cout << visible(file.string()) << ": " << counted(list.entries.size(), "track") << ", "
              << clock_text(total_duration_s(list)) << (is_same ? ", unchanged" : "") << '\n';
}

// A mistyped search must not empty a good playlist: one for which no track fits is not written.
void report_empty(const MixRule& rule, const std::filesystem::path& file, catalogue::Database& database) {
    print_message("playlist '" + rule.name + "': no track fits" +
                  (rule.search.empty() ? "" : hint_after_nothing(database, rule.search)) +
                  (std::filesystem::exists(file) ? "; " + visible(file.string()) + " stays as it is" : ""));
}

ExitStatus write_playlists(const std::vector<MixRule>& rules, const std::vector<TrackList>& lists,
                           const std::filesystem::path& folder, const MixOptions& options,
                           catalogue::Database& database) {
    ExitStatus status = ExitStatus::all_done;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        const std::filesystem::path file = folder / (lists[i].title + "." + options.format);
        if (lists[i].entries.empty()) {
            report_empty(rules[i], file, database);
            status = ExitStatus::item_failed;
        } else {
            write_playlist(lists[i], file, options);
        }
    }
    flush_standard_output();
    return status;
}

// Playlists of the few tracks that are left would replace good ones.
void require_current_tracks(catalogue::Database& database) {
    const std::size_t stale_count = stale_track_count(database);
    if (stale_count == 0) return;
    const std::string note = note_of_stale_tracks(database);
    const auto current_count = static_cast<std::size_t>(
        database.integer("SELECT count(*) FROM track WHERE NOT is_missing AND state = 'current'"));
    if (stale_count > current_count)
        throw Error(ErrorCode::usage,
                    note + "; no playlist was written, since these are more than half of all analyzed tracks");
    print_message(note);
}

ExitStatus make_playlists(const MixOptions& options) {
    const InterruptWatch interrupt;
    const std::vector<MixRule> rules = read_mix_rules(options.rules);
    const std::filesystem::path beneath = std::filesystem::absolute(options.rules).parent_path();
    const std::filesystem::path folder = options.out.empty() ? beneath : std::filesystem::path(options.out);
    if (!std::filesystem::is_directory(folder))
        throw Error(ErrorCode::unwritable, "--out: " + folder.string() + ": no such folder");
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel model = catalogue::searched_model(library.database());
    require_current_tracks(library.database());
    const catalogue::Embeddings embeddings(library.database(), model);
    SeedReader seeds(library.database(), model, embeddings, options.model);
    Mixer mixer(library.database(), model, embeddings, seeds);
    std::vector<TrackList> lists;  // all of them before the first is written: a mistake changes nothing
    lists.reserve(rules.size());
    for (const MixRule& rule : rules) lists.push_back(mixer.make(rule, interrupt.token()));
    return write_playlists(rules, lists, folder, options, library.database());
}

ExitStatus run(const MixOptions& options) {
    catch_interrupts();
    try {
        return make_playlists(options);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::canceled) throw;
        print_message("stopped: nothing was written");
        return ExitStatus::item_failed;
    }
}

}  // namespace

void add_library_mix_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<MixOptions>();
    CLI::App* command = library.add_subcommand("mix", "Write playlists by rules, or bring them up to date");
    command
        ->add_option("RULES.toml", options->rules,
                     "Rules: for each [[playlist]] a name, and a search or tracks that it is to be like")
        ->required();
    add_db_option(*command, options->db);
    command->add_option("--out", options->out, "Folder of the playlists (default: that of the rules)")
        ->type_name("FOLDER");
    add_format_option(*command, options->format, {"m3u8", "jspf"}, "Format of the playlists");
    command->add_flag("--relative", options->is_relative, "Paths in the playlists are relative to their folder");
    add_model_option(*command, options->model);
    command->footer(examples(
        {"earmark library mix rules.toml", "earmark library mix rules.toml --out ~/Music/Playlists --relative"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
