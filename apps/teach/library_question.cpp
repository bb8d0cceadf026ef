#include "apps/teach/library_question.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <iostream>
#include <map>
#include <string_view>

#include "apps/common/terminal.h"
#include "apps/common/visible_text.h"
#include "earmark/error.h"

namespace earmark {
namespace {

constexpr std::size_t many_folders = 12;
constexpr std::size_t few_clips = 10;
constexpr std::size_t least_artists = 4;

// By label; folders with several tags do not occur, and music that is linked from a second folder counts in both.
std::map<std::string, std::vector<const Clip*>> clips_by_tag(const std::vector<ListedClip>& clips) {
    std::map<std::string, std::vector<const Clip*>> by_tag;
    for (const ListedClip& listed : clips) {
        for (const std::string& label : listed.clip.labels) by_tag[label].push_back(&listed.clip);
    }
    return by_tag;
}

bool has_letter(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; });
}

// "The Band - Song", "01 - The Band - Song" of the folder "The Band"; but not "calm - 1" of the folder "calm".
bool begins_with_artist(const std::filesystem::path& song, const std::string& folder) {
    const std::string name = plain_artist(song.stem().string());
    const std::string artist = plain_artist(folder) + "-";
    const std::size_t place = name.find(artist);
    if (place == std::string::npos || has_letter(name.substr(0, place))) return false;
    return has_letter(std::string_view(name).substr(place + artist.size()));
}

std::string text_of(std::size_t count, const std::string& folders, const std::string& what) {
    return std::to_string(count) + " of its " + folders + " folders " + what;
}

}  // namespace

std::string library_likeness(const std::vector<ListedClip>& clips) {
    const auto by_tag = clips_by_tag(clips);
    const std::string folders = std::to_string(by_tag.size());
    const auto small_count = static_cast<std::size_t>(
        std::ranges::count_if(by_tag, [](const auto& tag) { return tag.second.size() < few_clips; }));
    if (by_tag.size() >= many_folders && 2 * small_count > by_tag.size())
        return text_of(small_count, folders, "have fewer than " + std::to_string(few_clips) + " songs");
    const auto artist_count = static_cast<std::size_t>(std::ranges::count_if(by_tag, [](const auto& tag) {
        return std::ranges::all_of(
            tag.second, [](const Clip* song) { return begins_with_artist(song->path, song->path.begin()->string()); });
    }));
    if (artist_count < least_artists || 2 * artist_count <= by_tag.size()) return {};
    return text_of(artist_count, folders, "have the name of an artist, with which their songs begin");
}

void require_examples(const std::vector<ListedClip>& clips, const std::filesystem::path& source) {
    const std::string why = library_likeness(clips);
    if (why.empty()) return;
    const std::string what =
        source.string() +
        ": looks like a music library, not like a folder with a folder of examples for each tag: " + why;
    if (isatty(STDIN_FILENO) == 1 && describe_terminal(STDERR_FILENO).is_terminal) {
        std::cerr << "earmark: " << visible(what) << ".\nTrain a tag for each folder? [y/N] " << std::flush;
        std::string answer;
        std::getline(std::cin, answer);
        if (answer == "y" || answer == "Y" || answer == "yes") return;
    }
    throw Error(ErrorCode::usage, what + "; --yes trains a tag for each folder all the same");
}

}  // namespace earmark
