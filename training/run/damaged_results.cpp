#include "training/run/damaged_results.h"

#include <string>
#include <utility>
#include <vector>

#include "earmark/error.h"
#include "training/run/run_predictions.h"

namespace earmark {
namespace {

// "FILE: PROBLEM" as PROBLEM, and "FILE:3: PROBLEM" as "line 3: PROBLEM".
std::string without_name(std::string text, const std::filesystem::path& file) {
    const std::string name = file.string() + ":";
    if (!text.starts_with(name)) return text;
    text.erase(0, name.size());
    return text.starts_with(' ') ? text.substr(1) : "line " + text;
}

// What read() reports of a file, without its name.
template <typename Read>
std::optional<FileProblem> problem_of(const std::filesystem::path& file, const Read& read) {
    try {
        read();
        return std::nullopt;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage || error.code() == ErrorCode::unsupported_model) throw;
        return FileProblem{FileProblem::Kind::damaged_results, file, without_name(error.what(), file)};
    }
}

}  // namespace

std::optional<FileProblem> find_damaged_results(const RunFolder& folder) {
    RunResults results;
    std::vector<std::string> labels;
    auto problem = problem_of(folder.results_path(), [&] { results = folder.results(); });
    if (!problem) problem = problem_of(folder.path() / "tags.txt", [&] { labels = folder.labels(); });
    RunPredictions predictions(folder, std::move(labels));
    const auto check = [&](const auto& read) {
        for (std::size_t i = 0; !problem && i < results.configurations.size(); ++i) {
            const ConfigurationId& id = results.configurations[i].id;
            problem = problem_of(folder.path() / RunFolder::predictions_file(id), [&] { read(i, id); });
        }
    };
    check([&](std::size_t, const ConfigurationId& id) { predictions.read(id); });
    check([&](std::size_t i, const ConfigurationId&) { predictions.require_same_clips(i); });
    if (!problem && std::filesystem::exists(folder.model_path()))
        problem = problem_of(folder.model_path(), [&] { (void)folder.model(); });
    return problem;
}

}  // namespace earmark
