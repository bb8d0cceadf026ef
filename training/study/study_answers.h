#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "training/study/study_results.h"

namespace earmark {

/// Of the configurations with such features and one size ("all levels", "last level", "local model"), the best on the
/// validation part, so that the test part chooses nothing. Nullptr when none has a figure there.
const StudiedConfiguration* best_single_size(const StudyScores& scores, std::string_view features);

/// A question of the paper, and the comparison that answers it.
struct StudyAnswer {
    std::string question;  ///< such as "does multi-level beat the last level?"
    std::string subject;   ///< what is compared: "All levels against the last level, all sizes"
    StudyComparison comparison;
};

/// Does multi-level beat the last level; does multi-scale beat the best single size? Those that the study can answer.
std::vector<StudyAnswer> study_answers(const StudyScores& scores, const StudyFigures& figures);

/// "yes", "no, it is worse", or "not decided" where the interval holds zero or there is none.
std::string verdict(const StudyComparison& comparison);

/// "+0.0058": a digit more than figures have, so that it tells on which side of zero a bound of an interval lies.
std::string difference_text(double difference);

/// The answer in one sentence: subject, difference, 95 % interval, verdict.
std::string sentence(const StudyAnswer& answer, OutputKind output);

/// A line of the paper's table: ROC-AUC, for GTZAN accuracy; and the configuration of a study that is its like. The
/// single size is the same in all of them: best_single_size of all levels.
struct PaperRow {
    std::string model;
    std::optional<double> mtat;
    std::optional<double> msd;
    std::optional<double> gtzan;
    std::optional<std::string> configuration;
};

std::vector<PaperRow> paper_rows(const StudyScores& scores);

}  // namespace earmark
