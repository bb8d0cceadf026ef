#include "apps/similar/similar_command.h"

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "apps/common/exit_status.h"
#include "apps/common/help_formatter.h"
#include "apps/common/inputs.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/jobs_option.h"
#include "apps/common/model_option.h"
#include "apps/common/option_checks.h"
#include "apps/common/pool_item.h"
#include "apps/common/program.h"
#include "apps/common/visible_text.h"
#include "apps/embed/clip_embeddings.h"
#include "apps/similar/nearest.h"
#include "earmark/tagger_pool.h"

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

// Embeddings of files and folders, computed now. Prints what cannot be read, and then gives `status` item_failed.
ClipEmbeddings embed(const std::shared_ptr<const Model>& model, const std::vector<std::string>& paths,
                     const SimilarOptions& options, const std::stop_token& stop, ExitStatus& status) {
    ClipEmbeddings embeddings;
    Inputs inputs(paths, false);
    if (!inputs.find(stop)) return embeddings;
    TaggerPoolOptions pool;
    pool.worker_count = std::min(options.worker_count, std::max<std::size_t>(1, inputs.count().value_or(SIZE_MAX)));
    const auto source = [&](const std::stop_token& ended) -> std::optional<PoolItem> {
        const std::optional<Input> input = inputs.next(ended);
        return input ? std::optional(pool_item(*input)) : std::nullopt;
    };
    TaggerPool(model, pool)
        .run(
            source,
            [&](PoolResult result) {
                if (result.error) {
                    print_message(result.error->what());
                    status = ExitStatus::item_failed;
                    return;
                }
                embeddings.paths.push_back(result.path.string());
                embeddings.values.push_back(std::move(result.clip.embedding));
            },
            stop);
    for (const std::string& note : inputs.take_notes()) print_message(note);
    return embeddings;
}

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

// Those that the archive has are taken from it; the others are computed.
ClipEmbeddings query_embeddings(const std::shared_ptr<const Model>& model, const ClipEmbeddings& clips,
                                const SimilarOptions& options, const std::stop_token& stop, ExitStatus& status) {
    ClipEmbeddings known;
    std::vector<std::string> others;
    for (const std::string& query : options.queries) {
        const auto found = std::ranges::find(clips.paths, query);
        if (found == clips.paths.end()) {
            others.push_back(query);
            continue;
        }
        known.paths.push_back(query);
        known.values.push_back(clips.values[static_cast<std::size_t>(found - clips.paths.begin())]);
    }
    if (others.empty()) return known;
    ClipEmbeddings computed = embed(model, others, options, stop, status);
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
        json.push_back({{"path", as_utf8(clips.paths[clip.index])}, {"similarity", clip.similarity}});
    std::cout << json.dump(2) << '\n';
}

ExitStatus run(const SimilarOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    const std::shared_ptr<const Model> model = load_model(model_or_default(options.model));
    ExitStatus status = ExitStatus::all_done;
    const ClipEmbeddings clips = options.in.ends_with(".npz")
                                     ? read_archive(options.in, *model)
                                     : embed(model, {options.in}, options, interrupt.token(), status);
    const ClipEmbeddings queries = query_embeddings(model, clips, options, interrupt.token(), status);
    if (interrupted()) {
        print_message("stopped: nothing was compared");
        return ExitStatus::item_failed;
    }
    if (queries.values.empty()) {
        print_message("no query can be used; expected an audio file");
        return ExitStatus::item_failed;
    }
    std::vector<SimilarClip> found = nearest(*model, queries, clips);
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
    command->add_option("--top", options->most, "The N most similar ones")
        ->type_name("N")
        ->check(whole_number(1))
        ->capture_default_str();
    command->add_option("--format", options->format, "Output format")
        ->check(one_of({"text", "json"}))
        ->capture_default_str();
    add_model_option(*command, options->model);
    add_jobs_option(*command, options->worker_count, "Files processed at once");
    command->footer(examples({"earmark similar song.mp3 --in ~/Music", "earmark similar song.mp3 --in music.npz",
                              "earmark similar one.mp3 two.mp3 --in music.npz --top 20 --format json"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
