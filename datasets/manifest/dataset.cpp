#include "datasets/manifest/dataset.h"

#include <algorithm>
#include <cctype>
#include <iterator>

#include "datasets/text/unicode.h"

namespace earmark {

std::filesystem::path Dataset::audio_path(const Clip& clip) const { return existing_spelling(folder / clip.path); }

std::string Dataset::place_of(const Clip& clip) const {
    return (clip.manifest.empty() ? manifest : clip.manifest).string() + ":" + std::to_string(clip.line);
}

std::vector<Clip> Dataset::split(const std::string& name) const {
    std::vector<Clip> part;
    std::ranges::copy_if(clips, std::back_inserter(part), [&](const Clip& clip) { return clip.split == name; });
    return part;
}

std::string plain_artist(std::string_view artist) {
    std::string name;
    for (const unsigned char letter : nfc(artist)) {
        if (std::isspace(letter) == 0) name.push_back(static_cast<char>(std::tolower(letter)));
    }
    return name;
}

std::string to_string(const ClipProblem& problem) {
    return problem.manifest.string() + ":" + std::to_string(problem.line) + ": " + problem.message;
}

ClipProblem problem_of(const Dataset& dataset, const Clip& clip, std::string message) {
    return {clip.path, clip.manifest.empty() ? dataset.manifest : clip.manifest, clip.line, std::move(message)};
}

std::vector<ClipProblem> remove_missing(Dataset& dataset) {
    std::vector<ClipProblem> problems;
    std::erase_if(dataset.clips, [&](const Clip& clip) {
        std::error_code failure;
        if (std::filesystem::exists(dataset.audio_path(clip), failure)) return false;
        problems.push_back(problem_of(dataset, clip, clip.path.string() + ": no such file"));
        return true;
    });
    return problems;
}

}  // namespace earmark
