// Searches in a library of synthetic tracks, on one thread:
//   bench_library_search FOLDER ROWS [COLUMNS]
// makes FOLDER/ROWSxCOLUMNS.db where it is not there yet (about 5.2 kB a track with 4,608 columns, and as much for its
// embedding file), and prints medians of wall and processor time. Embeddings come from 300 groups of similar tracks.
// Also prints how many of the ten nearest by int8 are the ten nearest by float32. benchmarks/results.md has what it
// printed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "catalogue/catalogue.h"
#include "catalogue/catalogue_columns.h"
#include "catalogue/embedding_file.h"
#include "catalogue/track_row.h"
#include "earmark/embedding.h"
#include "search/quantized_embedding.h"

namespace earmark {
namespace {

constexpr std::size_t group_count = 300;
constexpr std::size_t tag_count = 100;
constexpr std::size_t query_count = 20;
constexpr std::size_t compared_rows = 20'000;
constexpr std::size_t nearest_count = 10;

// The embedding of a track: that of its group and noise of its own. Cheap numbers, the sum of uniform ones.
class Embedder {
public:
    explicit Embedder(std::size_t column_count) : centers_(group_count, std::vector<float>(column_count)) {
        std::mt19937_64 random(1);
        for (std::vector<float>& center : centers_)
            for (float& value : center) value = noise(random);
    }

    std::vector<float> of(std::size_t track) const {
        std::mt19937_64 random(track + 2);
        std::vector<float> values = centers_[random() % group_count];
        for (float& value : values) value += noise(random);
        return values;
    }

private:
    static float noise(std::mt19937_64& random) {
        const std::uint64_t bits = random();
        float sum = 0.0F;
        for (unsigned shift = 0; shift < 64; shift += 16) sum += static_cast<float>((bits >> shift) & 0xffffU);
        return sum / 65'536.0F - 2.0F;
    }

    std::vector<std::vector<float>> centers_;
};

void make_model(catalogue::Database& database, std::size_t column_count) {
    const std::vector<float> means(column_count, 0.0F);
    const std::vector<float> deviations(column_count, 1.0F);
    catalogue::Statement model = database.prepare(
        "INSERT INTO model (id, identity, name, is_softmax, is_current, embedding_length, embedding_mean, "
        "embedding_deviation) VALUES (1, '00000000000000000000000000000000', 'synthetic', 0, 1, ?1, ?2, ?3)");
    model.bind(1, static_cast<std::int64_t>(column_count)).bind(2, std::as_bytes(std::span(means)));
    model.bind(3, std::as_bytes(std::span(deviations))).run();
    for (std::size_t i = 0; i < tag_count; ++i) {
        const std::string name = i == 0 ? "Jazz" : i == 1 ? "Calm" : i == 2 ? "Vocal" : "Tag " + std::to_string(i);
        catalogue::Statement tag = database.prepare(
            "INSERT INTO tag (id, model_id, position, label, name, category, parent, threshold) VALUES (?1, 1, ?1 - 1, "
            "?2, "
            "?2, 'genre', '', 0.5)");
        tag.bind(1, static_cast<std::int64_t>(i + 1)).bind(2, std::string_view(name)).run();
    }
}

void make_tracks(catalogue::Database& database, std::size_t row_count, const Embedder& embedder) {
    catalogue::Statement audio = database.prepare("INSERT INTO audio (id, digest) VALUES (?1, ?2)");
    catalogue::Statement track = database.prepare(
        "INSERT INTO track (id, path, size_bytes, modified_ns, audio_id, state, title, artist, album, year, "
        "duration_s) "
        "VALUES (?1, ?2, 1, 1, ?1, 'current', ?3, ?4, ?5, 1950 + ?1 % 70, 100 + ?1 % 300)");
    catalogue::Statement analysis = database.prepare(
        "INSERT INTO analysis (id, audio_id, model_id, duration_s, status, probabilities, embedding, scale) VALUES "
        "(?1, ?1, "
        "1, 100, 'known', x'', ?2, ?3)");
    catalogue::Statement tag =
        database.prepare("INSERT INTO analysis_tag (tag_id, analysis_id, probability) VALUES (?1, ?2, ?3)");
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> uniform;
    for (std::size_t i = 1; i <= row_count; ++i) {
        const auto id = static_cast<std::int64_t>(i);
        const std::string text = std::to_string(i);
        const std::string artist = "Artist " + std::to_string(i / 25);
        audio.bind(1, id).bind(2, std::string_view(text)).run();
        track.bind(1, id).bind(2, std::string_view("/music/" + artist + "/" + text + ".mp3"));
        track.bind(3, std::string_view("Title " + text)).bind(4, std::string_view(artist));
        track.bind(5, std::string_view("Album " + std::to_string(i / 10))).run();
        const QuantizedEmbedding quantized = quantize(embedder.of(i));
        analysis.bind(1, id).bind(2, std::as_bytes(std::span(quantized.values))).bind(3, double{quantized.scale}).run();
        // A fifth of the tags reaches 0.01, as with the default model.
        for (std::size_t number = 1; number <= tag_count; ++number)
            if (uniform(random) < 0.2)
                tag.bind(1, static_cast<std::int64_t>(number)).bind(2, id).bind(3, uniform(random)).run();
    }
}

void make_library(const std::filesystem::path& file, std::size_t row_count, const Embedder& embedder,
                  std::size_t column_count) {
    if (std::filesystem::exists(file)) return;
    catalogue::Catalogue library(file);
    catalogue::Transaction transaction(library.database());
    make_model(library.database(), column_count);
    make_tracks(library.database(), row_count, embedder);
    transaction.commit();
}

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

void measure(const std::string& name, std::size_t count, const std::function<void(std::size_t)>& work) {
    std::vector<double> wall_ms;
    std::vector<double> processor_ms;
    for (std::size_t i = 0; i < count; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double processor = processor_seconds();
        work(i);
        processor_ms.push_back(1e3 * (processor_seconds() - processor));
        wall_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::printf("%-64s %9.1f ms, least %9.1f ms, processor %9.1f ms\n", name.c_str(), median(wall_ms),
                std::ranges::min(wall_ms), median(processor_ms));
}

void compare_with_float32(const Embedder& embedder, std::size_t row_count) {
    std::vector<std::vector<float>> rows;
    std::vector<std::int8_t> values;
    std::vector<float> inverse_lengths;
    for (std::size_t i = 1; i <= std::min(row_count, compared_rows); ++i) {
        rows.push_back(embedder.of(i));
        const QuantizedEmbedding quantized = quantize(rows.back());
        values.insert(values.end(), quantized.values.begin(), quantized.values.end());
        inverse_lengths.push_back(inverse_length(quantized.values));
    }
    const Int8Matrix matrix(values, inverse_lengths, rows.front().size());
    std::size_t same_count = 0;
    for (std::size_t query = 0; query < query_count; ++query) {
        std::vector<float> exact;
        for (const std::vector<float>& row : rows)
            exact.push_back(static_cast<float>(cosine_similarity(row, rows[query])));
        const auto expected = indices_of_greatest(exact, nearest_count + 1);
        for (const std::size_t index : indices_of_greatest(cosines(matrix, rows[query]), nearest_count + 1))
            same_count += static_cast<std::size_t>(std::ranges::count(expected, index));
    }
    std::printf(
        "of the ten nearest of %zu by float32, int8 finds %.1f %%\n", rows.size(),
        100.0 * static_cast<double>(same_count - query_count) / static_cast<double>(query_count * nearest_count));
}

void find_similar(catalogue::Database& database, std::size_t track) {
    const catalogue::SearchedModel model = catalogue::searched_model(database);
    const catalogue::Embeddings embeddings(database, model);
    catalogue::TrackReader reader(database, model.id);
    const auto row = embeddings.row_of(static_cast<std::int64_t>(track));
    const std::vector<float> likeness = cosines(embeddings.matrix(), dequantize(embeddings.matrix().row(row), 1.0F));
    for (const std::size_t index : indices_of_greatest(likeness, 500))
        reader.with_analysis(embeddings.analysis_ids()[index]);
}

void find(catalogue::Database& database, const std::string& text) {
    const catalogue::SearchedModel model = catalogue::searched_model(database);
    catalogue::CatalogueColumns columns(database, model);
    evaluate(parse_query(text, model.tags), columns);
}

void measure_all(const std::filesystem::path& file, std::size_t row_count) {
    catalogue::Catalogue library(file, {catalogue::OpenMode::read, {}});
    catalogue::Database& database = library.database();
    const catalogue::SearchedModel model = catalogue::searched_model(database);
    std::filesystem::remove(catalogue::embedding_file(file));
    measure("the embedding file is made", 1, [&](std::size_t) { const catalogue::Embeddings made(database, model); });
    measure("it is opened", 5, [&](std::size_t) { const catalogue::Embeddings opened(database, model); });
    const catalogue::Embeddings embeddings(database, model);
    std::printf("%zu rows of %zu columns\n", embeddings.matrix().row_count(), embeddings.matrix().column_count());
    const auto nearest = [&](std::size_t i) {
        const auto row = embeddings.matrix().row(i * (row_count / query_count));
        indices_of_greatest(cosines(embeddings.matrix(), dequantize(row, 1.0F)), nearest_count);
    };
    nearest(0);
    measure("the ten nearest of all rows", query_count, nearest);
    measure("all that 'library similar' does", 9,
            [&](std::size_t i) { find_similar(database, 1 + i * (row_count / 10)); });
    for (const char* text :
         {"genre:jazz and calm and not vocal", "jazz>0.95", "artist:\"artist 77\"", "year:1959 and title:title"})
        measure(std::string("'library search' for ") + text, 9, [&](std::size_t) { find(database, text); });
}

void measure_matrix(std::size_t row_count, std::size_t column_count) {
    std::vector<std::int8_t> values(row_count * column_count);
    std::mt19937_64 random(3);
    for (std::size_t i = 0; i + sizeof(std::uint64_t) <= values.size(); i += sizeof(std::uint64_t)) {
        const std::uint64_t bits = random();
        std::memcpy(values.data() + i, &bits, sizeof bits);
    }
    std::vector<float> inverse_lengths;
    for (std::size_t i = 0; i < row_count; ++i)
        inverse_lengths.push_back(inverse_length(std::span(values).subspan(i * column_count, column_count)));
    const Int8Matrix matrix(values, inverse_lengths, column_count);
    std::printf("%zu rows of %zu columns in memory\n", row_count, column_count);
    measure("the ten nearest of all rows", query_count, [&](std::size_t i) {
        indices_of_greatest(cosines(matrix, dequantize(matrix.row(i), 1.0F)), nearest_count);
    });
}

}  // namespace
}  // namespace earmark

int main(int argument_count, char** arguments) {
    if (argument_count < 3) {
        std::cerr << "usage: bench_library_search FOLDER ROWS [COLUMNS]\n";
        return 2;
    }
    const std::size_t row_count = std::stoul(arguments[2]);
    const std::size_t column_count = argument_count > 3 ? std::stoul(arguments[3]) : 4608;
    if (std::string(arguments[1]) == "-") {
        earmark::measure_matrix(row_count, column_count);
        return 0;
    }
    const std::filesystem::path file =
        std::filesystem::path(arguments[1]) / (std::to_string(row_count) + "x" + std::to_string(column_count) + ".db");
    const earmark::Embedder embedder(column_count);
    earmark::make_library(file, row_count, embedder, column_count);
    earmark::measure_all(file, row_count);
    earmark::compare_with_float32(embedder, row_count);
}
