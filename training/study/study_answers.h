#pragma once

#include <optional>
#include <string>
#include <vector>

#include "training/study/study_metrics.h"

namespace earmark {

/// Of the configurations of this kind with a single scale, the best on the validation split, so that the test split
/// chooses nothing. Nullptr when none has a validation score.
const StudiedConfiguration* best_single_scale(const StudyScores& scores, ConfigurationKind kind);

/// A question of the paper, and the comparison that answers it.
struct StudyAnswer {
    std::string question;  ///< such as "Are all levels better than the last level alone?"
    std::string first;     ///< what is compared, as the subject of a sentence: "Using all levels"
    std::string second;    ///< with what: "using the last level alone (all scales)"
    StudyComparison comparison;
};

/// Multi-level against the last level, and multi-scale against the best single scale: those that the study can answer.
std::vector<StudyAnswer> study_answers(const StudyScores& scores, const StudyMetrics& metrics);

enum class Verdict { better, worse, not_significant };

/// By the side of zero on which the 95 % interval is; not_significant where it contains zero, or there is none.
Verdict verdict(const StudyComparison& comparison);

/// "+0.0058": a digit more than scores have, so that it shows on which side of zero a bound of an interval is.
/// `minus` is the sign of a negative number: in a terminal "-".
std::string difference_text(double difference, const std::string& minus = "-");

/// "Using all levels is significantly better than ...: ROC-AUC +0.0100 (95 % interval +0.0040 to +0.0160)".
std::string sentence(const StudyAnswer& answer, OutputKind output, const std::string& minus = "-");

/// Of texts that a browser shows.
inline constexpr const char* typographic_minus = "\u2212";

/// A row of the paper's table: ROC-AUC, for GTZAN accuracy; and the configuration of a study that corresponds to it.
/// The single scale is the same in all rows: best_single_scale of all levels.
struct PaperRow {
    std::string model;
    std::optional<double> mtat;
    std::optional<double> msd;
    std::optional<double> gtzan;
    std::optional<ConfigurationId> configuration;
};

std::vector<PaperRow> paper_rows(const StudyScores& scores);

}  // namespace earmark
