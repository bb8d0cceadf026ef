#include <algorithm>

#include "base/counted.h"
#include "base/leftover_files.h"
#include "base/write_file.h"
#include "datasets/import/imported.h"
#include "earmark/error.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

void make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw Error(ErrorCode::unwritable, folder.string() + ": cannot be created: " + failure.message());
}

// Relative if the audio is below the manifest, so that the folder can be moved as a whole.
fs::path path_in_manifest(const fs::path& audio, const fs::path& folder) {
    const fs::path relative = audio.lexically_relative(folder);
    return relative.empty() || *relative.begin() == ".." ? audio : relative;
}

std::vector<Clip> manifest_clips(const Imported& imported, const fs::path& folder,
                                 const std::optional<fs::path>& audio_folder) {
    std::vector<Clip> clips;
    const fs::path here = fs::weakly_canonical(folder);
    const fs::path audio = audio_folder ? fs::weakly_canonical(*audio_folder) : fs::path();
    for (const ListedClip& listed : imported.clips) {
        clips.push_back(listed.clip);
        if (audio_folder) clips.back().path = path_in_manifest(audio / listed.clip.path, here);
    }
    return clips;
}

std::string lines_of(const std::vector<std::string>& texts) {
    std::string lines;
    for (const std::string& text : texts) lines += text + "\n";
    return lines;
}

std::string left_out_lines(const std::vector<LeftOut>& clips) {
    std::string lines = "path\tsplit\treason\n";
    for (const LeftOut& clip : clips) {
        std::string path = clip.path.string();
        std::ranges::replace_if(
            path, [](char character) { return character == '\t' || character == '\n'; }, ' ');
        lines += path + "\t" + clip.split + "\t" + clip.text() + "\n";
    }
    return lines;
}

}  // namespace

void write_import(const Imported& imported, const fs::path& folder, const std::optional<fs::path>& audio_folder) {
    if (imported.clips.empty()) {
        throw Error(ErrorCode::invalid_dataset,
                    folder.string() + ": no clip is left to write; " + counted(imported.left_out.size(), "clip") +
                        " left out" +
                        (imported.left_out.empty() ? ""
                                                   : ", the first: " + imported.left_out.front().path.string() + ": " +
                                                         imported.left_out.front().text()));
    }
    make_folder(folder);
    remove_leftover_files(folder);
    write_manifest(folder, manifest_clips(imported, folder, audio_folder));
    write_file(folder / "tags.txt", lines_of(imported.tags));
    write_file(folder / "left_out.tsv", left_out_lines(imported.left_out));
}

}  // namespace earmark
