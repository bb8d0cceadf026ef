// `earmark spectrogram`: the array, its description and the picture.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "apps/embed/numpy_array.h"
#include "earmark/decode.h"
#include "earmark/spectrogram.h"
#include "tests/program/fixture.h"
#include "tests/support/whole_stages.h"

namespace earmark {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class SpectrogramTest : public ProgramTest {
protected:
    Outcome spectrogram(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"spectrogram", "--model", model()});
        return run_earmark(arguments);
    }
};

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

TEST_F(SpectrogramTest, writes_what_the_networks_get) {
    const std::string file = song("a.wav");
    const Outcome outcome = spectrogram({file, "--plain", "--out", path("a.npy")});
    EXPECT_EQ(outcome.exit_status, 0);
    EXPECT_EQ(outcome.err, "");
    const auto small = load_model(model());
    AudioReader reader(file);
    const int rate_hz = Spectrogram::analysis_rate_hz(small->spectrogram, reader.sample_rate_hz());
    const std::vector<float> samples = decode_file(file, rate_hz).audio.samples;
    Matrix expected = log_mel_of(Spectrogram(small->spectrogram, rate_hz), samples);
    normalize(expected.values(), small->normalization);
    const std::string bytes = bytes_of(path("a.npy"));
    const NumpyArray array = parse_npy(bytes, "a.npy");
    EXPECT_EQ(array.shape, (std::vector<std::size_t>{expected.row_count(), 16}));
    EXPECT_EQ(floats(array, "a.npy"), std::vector<float>(expected.values().begin(), expected.values().end()));
    const auto json = nlohmann::json::parse(bytes_of(path("a.npy.json")));
    EXPECT_EQ(json["frames"], expected.row_count());
    EXPECT_EQ(json["model"]["identity"], model_identity(*small));
    EXPECT_EQ(json["mel_band_centers_hz"].size(), 16U);
    EXPECT_NEAR(json["mean"].get<double>(), 0.3, 1e-6);
    EXPECT_NEAR(json["frames_per_s"].get<double>(), 43.066, 1e-3);
}

TEST_F(SpectrogramTest, draws_a_picture) {
    const std::string file = song("a.wav");
    EXPECT_EQ(spectrogram({file, "--out", path("a.png")}).exit_status, 0);
    EXPECT_EQ(spectrogram({file, "--theme", "dark", "--format", "png", "--out", path("dark")}).exit_status, 0);
    EXPECT_THAT(bytes_of(path("a.png")), StartsWith("\x89PNG"));
    EXPECT_THAT(bytes_of(path("dark")), StartsWith("\x89PNG"));
    EXPECT_NE(bytes_of(path("a.png")), bytes_of(path("dark")));
}

TEST_F(SpectrogramTest, needs_a_format_and_a_file_that_can_be_read) {
    const std::string file = song("a.wav");
    const Outcome unknown = spectrogram({file, "--out", path("a.txt")});
    EXPECT_EQ(unknown.exit_status, 2);
    EXPECT_THAT(unknown.err, is_one_line_about("--out"));
    EXPECT_THAT(unknown.err, HasSubstr("expected --format"));
    EXPECT_EQ(spectrogram({file, "--out", path("none/a.npy")}).exit_status, 2);
    const Outcome missing = spectrogram({path("none.wav"), "--out", path("a.npy")});
    EXPECT_EQ(missing.exit_status, 1);
    EXPECT_THAT(missing.err, is_one_line_about(path("none.wav")));
    EXPECT_FALSE(std::filesystem::exists(path("a.npy")));
}

}  // namespace
}  // namespace earmark
