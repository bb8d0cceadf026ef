#include "apps/common/inputs.h"

#include <algorithm>
#include <iostream>
#include <iterator>

#include "base/audio_files.h"

namespace earmark {
namespace {

// Links to folders are not followed: they may lead back up.
void search(const std::filesystem::path& folder, std::vector<Input>& found) {
    namespace fs = std::filesystem;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        std::error_code entry_error;
        if (entry->is_directory(entry_error) && !entry->is_symlink(entry_error))
            search(entry->path(), found);
        else if (has_audio_ending(entry->path()) && entry->is_regular_file(entry_error))
            found.push_back({entry->path(), ""});
    }
    if (error) found.push_back({folder, folder.string() + ": the folder cannot be read: " + error.message()});
}

void add_folder(const std::filesystem::path& folder, std::vector<Input>& inputs) {
    std::vector<Input> found;
    search(folder, found);
    if (found.empty()) found.push_back({folder, folder.string() + ": no audio files in this folder"});
    std::ranges::sort(found, {}, &Input::path);
    std::ranges::move(found, std::back_inserter(inputs));
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
