#include "search/path_between.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "search/quantized_embedding.h"

namespace earmark {
namespace {

constexpr std::size_t candidates_per_step = 30;
constexpr double weight_of_progress = 4.0;

struct Place {
    std::size_t track = 0;
    double progress = 0.0;  ///< 0 at the start, 1 at the end
    double detour = 0.0;    ///< the sum of the angles to both ends, radians
};

double angle_of(float cosine) { return std::acos(std::clamp(static_cast<double>(cosine), -1.0, 1.0)); }

std::vector<float> cosines_with(const Int8Matrix& embeddings, std::size_t row) {
    return cosines(embeddings, dequantize(embeddings.row(row), 1.0F));
}

// Every track but the two ends.
std::vector<Place> all_places(const std::vector<RecordingFacts>& tracks, const Int8Matrix& embeddings, std::size_t from,
                              std::size_t to) {
    const std::vector<float> to_start = cosines_with(embeddings, tracks[from].row);
    const std::vector<float> to_end = cosines_with(embeddings, tracks[to].row);
    std::vector<Place> places;
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        if (i == from || i == to) continue;
        const double start = angle_of(to_start[tracks[i].row]);
        const double end = angle_of(to_end[tracks[i].row]);
        places.push_back({i, start + end > 0.0 ? start / (start + end) : 0.5, start + end});
    }
    return places;
}

// How far on the way each step should be.
struct EvenProgress {
    std::size_t step_count = 0;
    double first = 0.0;
    double last = 0.0;

    double of_step(std::size_t step) const {
        return step_count < 2
                   ? (first + last) / 2.0
                   : first + (last - first) * static_cast<double>(step) / static_cast<double>(step_count - 1);
    }
};

// Between the nearest neighbors of the two ends: nothing is nearer to them.
EvenProgress even_progress(const std::vector<Place>& places, std::size_t step_count) {
    const auto to_start = [](const Place& place) { return place.progress * place.detour; };
    const auto to_end = [](const Place& place) { return (1.0 - place.progress) * place.detour; };
    return {step_count, std::ranges::min_element(places, {}, to_start)->progress,
            std::ranges::min_element(places, {}, to_end)->progress};
}

// The best places for each step, no recording twice, by progress.
std::vector<Place> pool_of(std::vector<Place> places, const std::vector<RecordingFacts>& tracks,
                           const EvenProgress& even, Choice& choice) {
    std::vector<Place> pool;
    for (std::size_t step = 0; step < even.step_count; ++step) {
        const double progress = even.of_step(step);
        const auto cost = [&](const Place& place) {
            return place.detour + weight_of_progress * std::abs(place.progress - progress);
        };
        const std::size_t looked_at = std::min(places.size(), 3 * candidates_per_step);
        std::ranges::partial_sort(places, places.begin() + static_cast<std::ptrdiff_t>(looked_at), {}, cost);
        std::size_t taken_count = 0;
        for (std::size_t i = 0; i < looked_at && taken_count < candidates_per_step; ++i) {
            if (!choice.allows(tracks[places[i].track])) continue;
            choice.add(tracks[places[i].track]);
            pool.push_back(places[i]);
            ++taken_count;
        }
    }
    std::ranges::stable_sort(pool, {}, &Place::progress);
    return pool;
}

// The best way that ends at a place of the pool after so many steps.
struct Way {
    double cost = std::numeric_limits<double>::infinity();
    std::size_t before = 0;  ///< the place in the pool one step earlier
};

class Ways {
public:
    Ways(const std::vector<Place>& pool, const std::vector<RecordingFacts>& tracks, const Int8Matrix& embeddings,
         const EvenProgress& even)
        : pool_(pool),
          even_(even),
          step_count_(std::min(even.step_count, pool.size())),
          angles_(pool.size() * pool.size()) {
        for (std::size_t i = 0; i < pool.size(); ++i)
            for (std::size_t j = i + 1; j < pool.size(); ++j)
                angles_[i * pool.size() + j] =
                    angle_of(cosine_of_rows(embeddings, tracks[pool[i].track].row, tracks[pool[j].track].row));
    }

    std::vector<std::size_t> best() {
        std::vector<std::vector<Way>> steps{first_step()};
        while (steps.size() < step_count_) steps.push_back(next_step(steps.back(), steps.size()));
        return way_back(steps);
    }

private:
    double departure(std::size_t place, std::size_t step) const {
        return weight_of_progress * std::pow(pool_[place].progress - even_.of_step(step), 2);
    }

    // The angle to an end is its share of the detour.
    std::vector<Way> first_step() const {
        std::vector<Way> ways(pool_.size());
        for (std::size_t i = 0; i < pool_.size(); ++i)
            ways[i].cost = std::pow(pool_[i].progress * pool_[i].detour, 2) + departure(i, 0);
        return ways;
    }

    std::vector<Way> next_step(const std::vector<Way>& before, std::size_t step) const {
        std::vector<Way> ways(pool_.size());
        for (std::size_t j = 1; j < pool_.size(); ++j) {
            for (std::size_t i = 0; i < j; ++i) {
                const double angle = angles_[i * pool_.size() + j];
                const double cost = before[i].cost + angle * angle;
                if (cost < ways[j].cost) ways[j] = {cost, i};
            }
            ways[j].cost += departure(j, step);
        }
        return ways;
    }

    std::vector<std::size_t> way_back(const std::vector<std::vector<Way>>& steps) const {
        const auto whole_cost = [&](std::size_t i) {
            return steps.back()[i].cost + std::pow((1.0 - pool_[i].progress) * pool_[i].detour, 2);
        };
        std::vector<std::size_t> indices(pool_.size());
        std::iota(indices.begin(), indices.end(), std::size_t{0});
        std::size_t place = *std::ranges::min_element(indices, {}, whole_cost);
        std::vector<std::size_t> way(steps.size());
        for (std::size_t step = steps.size(); step-- > 0; place = steps[step][place].before)
            way[step] = pool_[place].track;
        return way;
    }

    const std::vector<Place>& pool_;
    const EvenProgress& even_;
    std::size_t step_count_;
    std::vector<double> angles_;  ///< of each place to those after it
};

}  // namespace

std::vector<std::size_t> path_between(const std::vector<RecordingFacts>& tracks, const Int8Matrix& embeddings,
                                      std::size_t from, std::size_t to, std::size_t count,
                                      const FingerprintSource& fingerprints) {
    Choice choice(embeddings, 0, fingerprints);
    choice.exclude(tracks[from]);
    choice.exclude(tracks[to]);
    std::vector<std::size_t> path{from};
    std::vector<Place> places = all_places(tracks, embeddings, from, to);
    if (count > 2 && !places.empty()) {
        const EvenProgress even = even_progress(places, count - 2);
        const std::vector<Place> pool = pool_of(std::move(places), tracks, even, choice);
        if (!pool.empty()) std::ranges::copy(Ways(pool, tracks, embeddings, even).best(), std::back_inserter(path));
    }
    if (to != from) path.push_back(to);
    return path;
}

}  // namespace earmark
