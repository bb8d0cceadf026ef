// How far apart the fingerprints of different pieces are, and those of the same piece encoded again: the limits of
// datasets/check/near_duplicates.h were chosen by these.
//
//     fingerprint_distances FOLDER
//
// Files are forms of the same piece when their names begin with the same word before the first dot, as encode_anew
// writes them. Every pair of pieces is compared at every offset: quadratic, for some hundred files.
#include <algorithm>
#include <bit>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "datasets/check/inspect_clip.h"
#include "datasets/check/near_duplicates.h"
#include "earmark/audio_files.h"
#include "earmark/decode.h"

namespace {

using earmark::Fingerprint;

struct Piece {
    std::string name;
    std::string form;
    Fingerprint fingerprint;
};

std::vector<Piece> read_pieces(const std::filesystem::path& folder) {
    std::vector<Piece> pieces;
    earmark::Fingerprinter fingerprinter;
    for (const std::filesystem::path& path : earmark::walk_folder(folder).audio_files) {
        const std::string file = path.filename().string();
        auto clip = earmark::inspect_clip(path, fingerprinter, {});
        const auto point = file.find('.');
        pieces.push_back({file.substr(0, point), file.substr(point + 1), std::move(clip->fingerprint)});
    }
    std::ranges::sort(
        pieces, [](const Piece& a, const Piece& b) { return a.name != b.name ? a.name < b.name : a.form < b.form; });
    return pieces;
}

// The least share of differing bits in a window, at any offset.
double least_distance(const Fingerprint& a, const Fingerprint& b, int window) {
    const int a_count = static_cast<int>(a.size());
    const int b_count = static_cast<int>(b.size());
    int least = 32 * window;
    for (int offset = window - b_count; offset <= a_count - window; ++offset) {
        const int first = std::max(offset, 0);
        const int last = std::min(a_count, b_count + offset);
        int sum = 0;
        for (int i = first; i < last; ++i) {
            sum += std::popcount(a[i] ^ b[i - offset]);
            if (i - first >= window) sum -= std::popcount(a[i - window] ^ b[i - window - offset]);
            if (i - first >= window - 1) least = std::min(least, sum);
        }
    }
    return least / (32.0 * window);
}

void print(const std::string& title, std::vector<double> distances) {
    if (distances.empty()) return;
    std::ranges::sort(distances);
    const auto at = [&](double share) {
        return distances[static_cast<std::size_t>(share * static_cast<double>(distances.size() - 1))];
    };
    std::printf("%-34s %8zu  %.3f  %.3f  %.3f  %.3f  %.3f  %.3f\n", title.c_str(), distances.size(), at(0), at(0.001),
                at(0.01), at(0.5), at(0.99), at(1));
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count != 2) return 2;
    earmark::silence_ffmpeg_messages();
    const std::vector<Piece> pieces = read_pieces(arguments[1]);
    std::map<std::string, std::vector<double>> same;
    std::vector<double> different;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        for (std::size_t k = i + 1; k < pieces.size(); ++k) {
            const std::size_t window =
                std::min({earmark::window_items, pieces[i].fingerprint.size(), pieces[k].fingerprint.size()});
            const bool is_same = pieces[i].name == pieces[k].name;
            const bool has_original = pieces[i].form == "original.wav" || pieces[k].form == "original.wav";
            if (window < earmark::shortest_window_items || (is_same && !has_original)) continue;
            const double distance =
                least_distance(pieces[i].fingerprint, pieces[k].fingerprint, static_cast<int>(window));
            if (is_same)
                same[pieces[i].form == "original.wav" ? pieces[k].form : pieces[i].form].push_back(distance);
            else if (window == earmark::window_items)
                different.push_back(distance);
        }
    }
    std::printf("%-34s %8s  least  0.1 %%  1 %%    median 99 %%   most\n", "", "pairs");
    for (const auto& [form, distances] : same) print("original against " + form, distances);
    print("different pieces", different);
}
