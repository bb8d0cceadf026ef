// The ways that are faster than the plain one, held to it with the model that people get.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "earmark/decode.h"
#include "earmark/error.h"
#include "earmark/file_tagger.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const Model> model_of_the_source_tree() {
    static const auto model = load_model(fs::path(EARMARK_SOURCE_DIR) / "models" / "default.earmark");
    return model;
}

std::vector<fs::path> music() {
    std::vector<fs::path> files;
    for (const char* folder : {EARMARK_SAMPLES_DIR, EARMARK_SHARED_DIR "/data/songs"}) {
        if (!fs::exists(folder)) continue;
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (entry.path().extension() != ".txt") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Whole, resampled to the model's rate, in float32.
std::vector<float> plain_probabilities(const fs::path& file) {
    Tagger tagger(model_of_the_source_tree(), {Precision::float32});
    const Audio audio = decode_file(file, model_of_the_source_tree()->spectrogram.sample_rate_hz).audio;
    return tag_samples(tagger, audio.samples, {audio.sample_rate_hz, 1}).probabilities;
}

// In portions, at the file's own rate where the tagger takes it.
std::vector<float> streamed_probabilities(const fs::path& file, Precision precision) {
    Tagger tagger(model_of_the_source_tree(), {precision});
    return tag_file(tagger, file).probabilities;
}

float greatest_difference(const std::vector<float>& a, const std::vector<float>& b) {
    float greatest = 0.0F;
    for (std::size_t i = 0; i < a.size(); ++i) greatest = std::max(greatest, std::abs(a[i] - b[i]));
    return greatest;
}

TEST(DefaultModel, gives_the_same_within_a_thousandth_without_resampling) {
    for (const fs::path& file : music()) {
        const float difference =
            greatest_difference(streamed_probabilities(file, Precision::float32), plain_probabilities(file));
        EXPECT_LT(difference, 1e-3F) << file;
    }
}

TEST(DefaultModel, gives_the_same_within_a_hundredth_in_bfloat16) {
    try {
        Tagger(model_of_the_source_tree(), {Precision::bfloat16});
    } catch (const Error& error) {
        GTEST_SKIP() << error.what();
    }
    for (const fs::path& file : music()) {
        const float difference =
            greatest_difference(streamed_probabilities(file, Precision::bfloat16), plain_probabilities(file));
        EXPECT_LT(difference, 1e-2F) << file;
    }
}

}  // namespace
}  // namespace earmark
