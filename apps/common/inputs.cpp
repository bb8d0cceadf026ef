#include "apps/common/inputs.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "apps/common/program.h"
#include "base/audio_files.h"

namespace earmark {
namespace {

void add_folder(const std::filesystem::path& folder, std::vector<Input>& inputs) {
    const FolderWalk walk = walk_folder(folder);
    std::vector<Input> found;
    for (const std::filesystem::path& file : walk.audio_files) found.push_back({file, ""});
    for (const FolderWalk::Unreadable& part : walk.unreadable) found.push_back({part.folder, part.error});
    const std::string passed_over = walk.passed_over.line();
    if (found.empty()) {
        const std::string reason = passed_over.empty() ? "" : "; " + passed_over;
        inputs.push_back({folder, folder.string() + ": no audio files in this folder" + reason});
        return;
    }
    std::ranges::sort(found, {}, &Input::path);
    std::ranges::move(found, std::back_inserter(inputs));
    if (!passed_over.empty()) print_message(folder.string() + ": " + passed_over);
}

void add(const std::string& argument, std::vector<Input>& inputs) {
    std::error_code error;
    if (std::filesystem::is_directory(argument, error))
        add_folder(argument, inputs);
    else
        inputs.push_back({argument, ""});
}

}  // namespace

std::vector<Input> expand_inputs(const std::vector<std::string>& arguments) {
    std::vector<Input> inputs;
    for (const std::string& argument : arguments) {
        if (argument != "-") {
            add(argument, inputs);
            continue;
        }
        for (std::string line; std::getline(std::cin, line);) {
            if (!line.empty() && line.back() == '\r') line.pop_back();
            if (!line.empty()) add(line, inputs);
        }
    }
    return inputs;
}

}  // namespace earmark
