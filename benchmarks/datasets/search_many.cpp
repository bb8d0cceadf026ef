// How long the search for near duplicates takes, and in how much memory.
//
//     search_many COUNT FOLDER...
//
// Fingerprints of the files in the folders, and as many made of them as bring their number to COUNT: in blocks of four
// that are put into another order, with every second number disturbed. So values are as frequent as in music.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "datasets/check/inspect_clip.h"
#include "datasets/check/near_duplicates.h"
#include "earmark/audio_files.h"
#include "earmark/decode.h"

namespace {

using earmark::Fingerprint;

constexpr std::size_t block = 4;

Fingerprint shuffled(const Fingerprint& original, std::mt19937& random) {
    std::vector<std::size_t> blocks(original.size() / block);
    std::iota(blocks.begin(), blocks.end(), 0);
    std::shuffle(blocks.begin(), blocks.end(), random);
    Fingerprint fingerprint;
    for (const std::size_t place : blocks) {
        for (std::size_t i = 0; i < block; ++i) {
            std::uint32_t value = original[place * block + i];
            for (int bit = 0; i % 2 == 0 && bit < 8; ++bit) value ^= 1U << (random() % 32);
            fingerprint.push_back(value);
        }
    }
    return fingerprint;
}

std::vector<Fingerprint> read_folders(char** first, char** last) {
    std::vector<Fingerprint> fingerprints;
    earmark::Fingerprinter fingerprinter;
    for (; first != last; ++first) {
        for (const std::filesystem::path& file : earmark::walk_folder(*first).audio_files) {
            fingerprints.push_back(std::move(earmark::inspect_clip(file, fingerprinter, {})->fingerprint));
        }
    }
    return fingerprints;
}

}  // namespace

int main(int argument_count, char** arguments) {
    if (argument_count < 3) return 2;
    earmark::silence_ffmpeg_messages();
    std::vector<Fingerprint> fingerprints = read_folders(arguments + 2, arguments + argument_count);
    const std::size_t original_count = fingerprints.size();
    std::mt19937 random(1);
    for (std::size_t i = original_count; original_count > 0 && i < std::stoul(arguments[1]); ++i) {
        fingerprints.push_back(shuffled(fingerprints[i % original_count], random));
    }
    const auto start = std::chrono::steady_clock::now();
    const auto found = earmark::near_duplicates(fingerprints);
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%zu clips, %zu pairs, %.1f s, %ld MB at the peak\n", fingerprints.size(), found.size(),
                elapsed.count(), usage.ru_maxrss / 1024);
}
