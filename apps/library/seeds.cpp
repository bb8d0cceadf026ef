#include "apps/library/seeds.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <numeric>

#include "apps/common/installation.h"
#include "apps/library/playlist.h"
#include "earmark/file_tagger.h"
#include "fingerprint/clip_fingerprint.h"
#include "search/quantized_embedding.h"

namespace earmark {
namespace {

std::vector<float> with_length_one(std::vector<float> numbers) {
    const double square = std::inner_product(numbers.begin(), numbers.end(), numbers.begin(), 0.0);
    if (square == 0.0) return numbers;
    for (float& number : numbers) number = static_cast<float>(number / std::sqrt(square));
    return numbers;
}

std::optional<std::int64_t> track_number(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::vector<std::filesystem::path> spellings_of(const std::filesystem::path& path) {
    std::error_code error;
    std::vector<std::filesystem::path> spellings{std::filesystem::absolute(path).lexically_normal()};
    const std::filesystem::path without_links = std::filesystem::weakly_canonical(path, error);
    if (!error && without_links != spellings.front()) spellings.push_back(without_links);
    return spellings;
}

}  // namespace

SeedReader::SeedReader(catalogue::Database& database, const catalogue::SearchedModel& model,
                       const catalogue::Embeddings& embeddings, std::string model_file)
    : database_(database),
      model_(model),
      embeddings_(embeddings),
      model_file_(std::move(model_file)),
      tracks_(database, model.id) {}

std::optional<catalogue::TrackRow> SeedReader::track_called(const std::string& name) {
    for (const std::filesystem::path& path : spellings_of(name))
        if (auto track = tracks_.with_path(path)) return track;
    const std::optional<std::int64_t> number = track_number(name);
    return number && !std::filesystem::exists(name) ? tracks_.with_id(*number) : std::nullopt;
}

bool SeedReader::is_stale(std::int64_t track_id) {
    return database_.prepare("SELECT 1 FROM track WHERE id = ?1 AND state = 'stale'").bind(1, track_id).step();
}

std::optional<Seed> SeedReader::in_library(const std::string& name) {
    std::optional<catalogue::TrackRow> track = track_called(name);
    if (!track) return std::nullopt;
    if (track->analysis_id == 0) {
        if (is_stale(track->id))
            throw Error(ErrorCode::not_found, name +
                                                  ": was analyzed by another model; 'earmark library scan --stale' "
                                                  "analyzes it again");
        return std::nullopt;
    }
    const std::size_t row = embeddings_.row_of(track->analysis_id);
    if (row == RecordingFacts::no_row) return std::nullopt;
    return Seed{name, with_length_one(dequantize(embeddings_.matrix().row(row), 1.0F)), track->duration_s, track, row};
}

Seed SeedReader::tagged(const std::string& name, const std::stop_token& stop) {
    if (!std::filesystem::exists(name))
        throw Error(ErrorCode::not_found, name +
                                              ": is neither in the library nor a file; expected an audio file, a "
                                              "playlist, or the number of a track");
    if (!tagger_) {
        const std::shared_ptr<const Model> model = load_model(model_or_default(model_file_));
        if (model_identity(*model) != model_.identity)
            throw Error(ErrorCode::usage, "--model: " + name +
                                              " is not in the library, and to compare it the model is "
                                              "needed that the library was scanned with: '" +
                                              model_.name + "', identity " + model_.identity + "; found '" +
                                              model->name + "'");
        tagger_ = std::make_unique<Tagger>(model);
    }
    ReadOptions options;
    options.stop = stop;
    std::optional<ClipFingerprint> fingerprint;
    options.on_samples = [&](std::span<const float> mono, int sample_rate_hz) {
        if (!fingerprint) fingerprint.emplace(sample_rate_hz);
        fingerprint->add(mono);
    };
    const ClipResult clip = tag_file(*tagger_, name, options);
    return {name,
            with_length_one(standardized(model_, clip.embedding)),
            clip.duration_s,
            std::nullopt,
            RecordingFacts::no_row,
            fingerprint ? fingerprint->finish() : Fingerprint{}};
}

Seed SeedReader::one(const std::string& name, const std::stop_token& stop) {
    std::optional<Seed> seed = in_library(name);
    return seed ? std::move(*seed) : tagged(name, stop);
}

std::vector<Seed> SeedReader::read(const std::string& name, const std::stop_token& stop) {
    if (!is_playlist(name)) return {one(name, stop)};
    std::vector<Seed> seeds;
    for (const std::filesystem::path& path : read_playlist(name)) seeds.push_back(one(path.string(), stop));
    if (seeds.empty()) throw Error(ErrorCode::not_found, name + ": the playlist names no files");
    return seeds;
}

Seed SeedReader::read_from_library(const std::string& name) {
    std::optional<Seed> seed = in_library(name);
    if (!seed)
        throw Error(ErrorCode::not_found, name + ": is not an analyzed track of " + database_.file().string() +
                                              "; expected its path or number");
    return std::move(*seed);
}

}  // namespace earmark
