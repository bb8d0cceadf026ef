#include <algorithm>
#include <string_view>

#include "datasets/dataset.h"
#include "earmark/error.h"
#include "files/write_file.h"

namespace earmark {
namespace {

std::string without(std::string text, std::string_view characters) {
    std::ranges::replace_if(
        text, [&](char character) { return characters.find(character) != std::string_view::npos; }, ' ');
    return text;
}

std::string joined(const std::vector<std::string>& labels) {
    std::string text;
    for (const std::string& label : labels) text += (text.empty() ? "" : ",") + without(label, "\t\r\n,");
    return text;
}

}  // namespace

bool fits_manifest(const std::filesystem::path& path) {
    return path.string().find_first_of("\t\n") == std::string::npos;
}

void write_manifest(const std::filesystem::path& folder, const std::vector<Clip>& clips) {
    const bool has_known = std::ranges::any_of(clips, [](const Clip& clip) { return clip.known.has_value(); });
    std::string text = has_known ? "path\tsplit\ttags\tartist\tknown\n" : "path\tsplit\ttags\tartist\n";
    for (const Clip& clip : clips) {
        if (!fits_manifest(clip.path)) {
            throw Error(ErrorCode::invalid_dataset, clip.path.string() + ": a TAB or line end cannot be in a manifest");
        }
        text += clip.path.string() + "\t" + without(clip.split, "\t\r\n") + "\t" + joined(clip.labels) + "\t" +
                without(clip.artist, "\t\r\n");
        if (has_known) text += "\t" + (clip.known ? joined(*clip.known) : "");
        text += "\n";
    }
    write_file(folder / "manifest.tsv", text);
}

}  // namespace earmark
