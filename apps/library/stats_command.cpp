#include "apps/library/stats_command.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/common/terminal.h"
#include "apps/common/top_option.h"
#include "apps/common/visible_text.h"
#include "apps/library/db_option.h"
#include "apps/library/library_stats.h"

namespace earmark {
namespace {

struct StatsOptions {
    std::string db;
    std::string format = "text";
    std::size_t most = 10;
};

using Counts = std::vector<LibraryStats::Count>;

// "name       Rock 12, Pop 3"
std::string line(const std::string& name, const std::string& text) {
    constexpr std::size_t name_columns = 12;
    return padded(name, name_columns) + text + "\n";
}

std::string list_of(const Counts& counts) {
    std::string text;
    for (const auto& [name, count] : counts)
        text += (text.empty() ? "" : ", ") + visible(name) + " " + std::to_string(count);
    return text.empty() ? "none" : text;
}

std::string text_of(const LibraryStats& stats, const catalogue::SearchedModel& model) {
    std::string tracks = std::to_string(stats.track_count) + ", " + duration_text(stats.duration_s);
    if (stats.copy_count > 0) tracks += "; " + std::to_string(stats.copy_count) + " are copies of others";
    if (stats.missing_count > 0) tracks += "; " + std::to_string(stats.missing_count) + " more are missing";
    std::string text = line("tracks", tracks) + line("state", list_of(stats.states)) +
                       line("model", visible(model.name) + " (" + model.identity + ")") +
                       line("status", list_of(stats.statuses));
    for (const auto& category : stats.categories) text += line(category.name, list_of(category.tags));
    for (const auto& error : stats.errors)
        text += line("error", std::to_string(error.count) + "x " + visible(error.name));
    return text;
}

nlohmann::ordered_json json_of(const Counts& counts) {
    auto json = nlohmann::ordered_json::object();
    for (const auto& [name, count] : counts) json[as_utf8(name)] = count;
    return json;
}

std::string json_of(const LibraryStats& stats, const catalogue::SearchedModel& model) {
    nlohmann::ordered_json json{
        {"tracks", stats.track_count},         {"missing", stats.missing_count},
        {"copies", stats.copy_count},          {"duration_s", stats.duration_s},
        {"states", json_of(stats.states)},     {"model", {{"name", as_utf8(model.name)}, {"identity", model.identity}}},
        {"statuses", json_of(stats.statuses)}, {"tags", nlohmann::ordered_json::object()},
        {"errors", json_of(stats.errors)}};
    for (const auto& category : stats.categories) json["tags"][category.name] = json_of(category.tags);
    return json.dump(2) + "\n";
}

ExitStatus run(const StatsOptions& options) {
    catalogue::Catalogue library(named_or_default_db(options.db), {catalogue::OpenMode::read, {}});
    const catalogue::SearchedModel model = catalogue::searched_model(library.database());
    const LibraryStats stats = library_stats(library.database(), model, options.most);
    std::cout << (options.format == "json" ? json_of(stats, model) : text_of(stats, model));
    flush_standard_output();
    return ExitStatus::all_done;
}

}  // namespace

void add_library_stats_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<StatsOptions>();
    CLI::App* command =
        library.add_subcommand("stats", "Count the files of a library, their states, and how frequent each tag is");
    add_db_option(*command, options->db);
    add_top_option(*command, options->most, "The N most frequent tags of each category");
    add_format_option(*command, options->format, {"text", "json"});
    command->footer(examples({"earmark library stats", "earmark library stats --format json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
