// Stands in for earmark-train in tests of what a study does with its processes. It learns nothing and needs no
// libtorch: it writes what a training leaves behind, with made-up probabilities. The command in its options sets what
// else it does: "fail in seed-3/fold-02", "wait in seed-3/fold-02" (until it is interrupted).
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "earmark/error.h"
#include "tests/support/lcg.h"
#include "training/run/event_json.h"
#include "training/run/processes.h"
#include "training/run/run_folder.h"
#include "training/run/training_arguments.h"

namespace earmark {
namespace {

void report(const TrainingEvent& event) {
    const std::string line = event_json(event) + "\n";
    if (write(event_descriptor, line.data(), line.size()) < 0) std::exit(2);
}

// Better than chance, and other ones for every seed and configuration.
Predictions made_up_predictions(const TrainingInputs& inputs, const ConfigurationId& id) {
    Predictions predictions{inputs.labels, {}, {}, {}};
    std::vector<float> values;
    Lcg random(static_cast<std::uint32_t>(inputs.recipe.seed * 100 + static_cast<std::uint64_t>(id.kind)));
    for (const char* split : {"valid", "test"}) {
        for (const Clip& clip : inputs.dataset.split(split)) {
            predictions.paths.push_back(clip.path.string());
            predictions.splits.emplace_back(split);
            const std::vector<float> noise = random.values(0.3F, inputs.labels.size());
            const std::vector<float> truths = targets(clip, inputs.labels);
            for (std::size_t i = 0; i < truths.size(); ++i) values.push_back(0.4F + 0.2F * truths[i] + noise[i]);
        }
    }
    predictions.probabilities = Matrix(predictions.paths.size(), inputs.labels.size(), std::move(values));
    return predictions;
}

bool is_told_to(const TrainingOptions& options, const std::string& what) {
    const std::string run = options.out.parent_path().filename().string() + "/" + options.out.filename().string();
    return options.command == what + " in " + run;
}

void train(const TrainingOptions& options) {
    TrainingInputs inputs = training_inputs(read_sources(options), options);
    (void)remove_missing(inputs.dataset);
    const RunFolder folder(options.out, inputs);
    std::ofstream(options.out / "starts.txt", std::ios::app) << "started\n";
    report(Phase{.kind = Phase::Kind::decoding});
    report(ComputeDevice{});
    report(LeftOutClips{1});
    if (is_told_to(options, "fail")) throw Error(ErrorCode::unwritable, "the disk is full");
    while (is_told_to(options, "wait")) pause();
    std::vector<ConfigurationResult> results;
    for (const ConfigurationId& id :
         {baseline_id(ConfigurationKind::mel_statistics), last_level_id(), whole_method_id}) {
        folder.write_predictions(id, made_up_predictions(inputs, id));
        results.push_back({id, 10, {0.5, {}, {}}, {0.5, {}, {}}, RunFolder::predictions_file(id)});
    }
    report(Phase{.kind = Phase::Kind::writing});
    folder.write_results({"stand-in", {}, results, {}});
}

}  // namespace
}  // namespace earmark

int main(int argument_count, char** arguments) {
    using namespace earmark;
    try {
        train(parse_training_arguments({arguments + 2, arguments + argument_count}));
        return process_done;
    } catch (const Error& error) {
        report(Failure{error.code(), error.what()});
    }
    return 2;
}
