#include "apps/similar/similar_command.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "apps/common/exit_status.h"
#include "apps/common/format_option.h"
#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/model_option.h"
#include "apps/common/numbers.h"
#include "apps/common/program.h"
#include "apps/common/top_option.h"
#include "apps/common/visible_text.h"
#include "apps/similar/embedded_clips.h"
#include "apps/similar/nearest.h"
#include "earmark/error.h"

namespace earmark {
namespace {

struct SimilarOptions {
    std::vector<std::string> queries;
    std::string in;
    std::string model;
    std::string format = "text";
    std::size_t most = 10;
    std::size_t worker_count = 1;
};

ClipEmbeddings read_archive(const std::string& file, const Model& model) {
    ClipEmbeddings clips = read_clip_embeddings(file);
    const bool is_of_model = clips.model_identity == model_identity(model) &&
                             (clips.values.empty() || clips.values.front().size() == model.feature_count());
    if (!is_of_model)
        throw Error(ErrorCode::usage, "--in: " + file +
                                          " has embeddings of another model, or only some levels or "
                                          "scales; expected whole embeddings of " +
                                          model.name);
    return clips;
}

ClipEmbeddings clips_in(const std::shared_ptr<const Model>& model, const SimilarOptions& options,
                        const std::stop_token& stop, ExitStatus& status) {
    if (options.in.ends_with(".npz")) return read_archive(options.in, *model);
    if (!std::filesystem::exists(options.in))
        throw Error(ErrorCode::not_found, "--in: " + options.in + ": no such file or folder");
    return embedded_clips(model, {options.in}, options.worker_count, stop, status);
}

// Those that were searched are taken from there; the others are computed.
ClipEmbeddings query_embeddings(const std::shared_ptr<const Model>& model, const ClipEmbeddings& clips,
                                const SimilarOptions& options, const std::stop_token& stop, ExitStatus& status) {
    ClipEmbeddings known;
    std::vector<std::string> others;
    const std::map<std::string, std::size_t> indices = indices_by_path(clips);
    for (const std::string& query : options.queries) {
        const auto found = indices.find(whole_path(query));
        if (found == indices.end()) {
            others.push_back(query);
            continue;
        }
        known.paths.push_back(query);
        known.values.push_back(clips.values[found->second]);
    }
    if (others.empty()) return known;
    ClipEmbeddings computed = embedded_clips(model, others, options.worker_count, stop, status);
    std::ranges::move(computed.paths, std::back_inserter(known.paths));
    std::ranges::move(computed.values, std::back_inserter(known.values));
    return known;
}

void print_text(const std::vector<SimilarClip>& found, const ClipEmbeddings& clips) {
    for (const SimilarClip& clip : found) {
        char similarity[16];
        std::snprintf(similarity, sizeof similarity, "%5.2f", clip.similarity);
        std::cout << similarity << "  " << visible(clips.paths[clip.index]) << '\n';
    }
}

void print_json(const std::vector<SimilarClip>& found, const ClipEmbeddings& clips) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const SimilarClip& clip : found)
        json.push_back({{"path", as_utf8(clips.paths[clip.index])}, {"similarity", rounded(clip.similarity)}});
    std::cout << json.dump(2) << '\n';
}

ExitStatus run(const SimilarOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    ExitStatus status = ExitStatus::all_done;
    const ClipEmbeddings clips = clips_in(model, options, interrupt.token(), status);
    if (clips.values.empty() && !interrupted()) {
        print_message("--in: " + options.in + ": nothing to compare with");
        return ExitStatus::item_failed;
    }
    const ClipEmbeddings queries = query_embeddings(model, clips, options, interrupt.token(), status);
    if (interrupted()) {
        print_message("stopped: nothing was compared");
        return ExitStatus::item_failed;
    }
    if (queries.values.empty()) {
        print_message("no query can be used; expected an audio file with sound");
        return ExitStatus::item_failed;
    }
    std::vector<SimilarClip> found = nearest(*model, queries, clips);
    if (found.empty()) {
        print_message("--in: " + options.in + ": nothing to compare with but the queries");
        return ExitStatus::item_failed;
    }
    if (found.size() > options.most) found.resize(options.most);
    options.format == "json" ? print_json(found, clips) : print_text(found, clips);
    flush_standard_output();
    return status;
}

}  // namespace

void add_similar_command(CLI::App& app, int& exit_status) {
    const auto options = std::make_shared<SimilarOptions>();
    CLI::App* command = app.add_subcommand("similar", "Find the music that is most similar to some files");
    command
        ->add_option("QUERY", options->queries,
                     "Audio files or folders, or paths that the archive has; several are searched for together")
        ->required();
    command
        ->add_option("--in", options->in,
                     "Where to search: a folder of audio files, which are all read, or an archive that 'earmark "
                     "embed --out NAME.npz' wrote")
        ->type_name("FOLDER|NAME.npz")
        ->required();
    add_top_option(*command, options->most, "The N most similar ones");
    add_format_option(*command, options->format, {"text", "json"});
    add_model_option(*command, options->model);
    add_jobs_option(*command, options->worker_count, "Files processed at once");
    command->footer(examples({"earmark similar song.mp3 --in ~/Music", "earmark similar song.mp3 --in music.npz",
                              "earmark similar one.mp3 two.mp3 --in music.npz --top 20 --format json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
