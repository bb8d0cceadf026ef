#include "training/run/damaged_results.h"

#include <string>
#include <utility>

#include "earmark/error.h"

namespace earmark {
namespace {

// What read() reports of a file, without its name.
template <typename Read>
std::optional<FileProblem> problem_of(const std::filesystem::path& file, const Read& read) {
    try {
        read();
        return std::nullopt;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage || error.code() == ErrorCode::unsupported_model) throw;
        std::string detail = error.what();
        const std::string name = file.string() + ": ";
        if (detail.starts_with(name)) detail.erase(0, name.size());
        return FileProblem{FileProblem::Kind::damaged_results, file, std::move(detail)};
    }
}

}  // namespace

std::optional<FileProblem> find_damaged_results(const RunFolder& folder) {
    RunResults results;
    auto problem = problem_of(folder.results_path(), [&] { results = folder.results(); });
    for (const ConfigurationResult& result : results.configurations) {
        if (problem) return problem;
        problem = problem_of(folder.path() / RunFolder::predictions_file(result.id),
                             [&] { (void)folder.predictions(result.id); });
    }
    if (!problem && std::filesystem::exists(folder.model_path()))
        problem = problem_of(folder.model_path(), [&] { (void)folder.model(); });
    return problem;
}

}  // namespace earmark
