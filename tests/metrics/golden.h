#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace earmark::test {

inline std::ifstream open_golden(const std::string& name) {
    std::ifstream file(std::string(EARMARK_GOLDEN_DIR) + "/metrics/" + name);
    if (!file) throw std::runtime_error("cannot read tests/golden/metrics/" + name);
    return file;
}

/// The next line, as numbers.
inline std::vector<float> read_floats(std::istream& file) {
    std::string line;
    std::getline(file, line);
    std::istringstream words(line);
    std::vector<float> values;
    // std::stof refuses numbers so small that they are denormal; strtof takes them.
    for (std::string word; words >> word;) values.push_back(std::strtof(word.c_str(), nullptr));
    return values;
}

/// One block of tests/golden/metrics/cases.txt.
struct RankingCase {
    std::string name;
    std::optional<double> roc_auc;
    std::optional<double> average_precision;
    std::optional<double> best_f1;
    std::vector<float> scores;
    std::vector<float> truths;
};

inline void PrintTo(const RankingCase& ranking, std::ostream* out) { *out << ranking.name; }

inline std::vector<RankingCase> read_ranking_cases() {
    auto file = open_golden("cases.txt");
    const auto metric = [](const std::string& word) {
        return word == "-" ? std::nullopt : std::optional(std::stod(word));
    };
    std::vector<RankingCase> cases;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name, roc_auc, average_precision, best_f1;
        words >> name >> roc_auc >> average_precision >> best_f1;
        RankingCase ranking{name, metric(roc_auc), metric(average_precision), metric(best_f1), {}, {}};
        ranking.scores = read_floats(file);
        ranking.truths = read_floats(file);
        std::getline(file, line);
        cases.push_back(ranking);
    }
    return cases;
}

}  // namespace earmark::test
