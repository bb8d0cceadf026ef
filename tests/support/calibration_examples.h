#pragma once

#include <fstream>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

namespace earmark {

/// Rows of numbers, "nan" among them, from a file of tests/golden/metrics.
inline std::vector<std::vector<double>> read_golden_rows(const std::string& name) {
    std::ifstream file(EARMARK_GOLDEN_DIR "/metrics/" + name);
    std::vector<std::vector<double>> rows;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        rows.emplace_back();
        for (std::string field; std::getline(fields, field, '\t');)
            rows.back().push_back(field == "nan" ? std::numeric_limits<double>::quiet_NaN() : std::stod(field));
    }
    return rows;
}

struct CalibrationExample {
    std::vector<float> probabilities;
    std::vector<float> truths;
};

/// tests/golden/metrics/generate_calibration.py makes them.
inline std::vector<CalibrationExample> read_calibration_examples() {
    std::vector<CalibrationExample> examples;
    for (const std::vector<double>& row : read_golden_rows("calibration_examples.tsv")) {
        const auto index = static_cast<std::size_t>(row[0]);
        if (index == examples.size()) examples.emplace_back();
        examples[index].probabilities.push_back(static_cast<float>(row[1]));
        examples[index].truths.push_back(static_cast<float>(row[2]));
    }
    return examples;
}

}  // namespace earmark
