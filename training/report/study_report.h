#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "training/study/study_metrics.h"

namespace earmark {

/// What a report contains about a study besides its metrics.
struct StudyDescription {
    std::filesystem::path study;
    std::string recipe;
    std::string data;
    std::string command;
    std::string date;
    std::string machine = {};            ///< that it was trained on
    std::filesystem::path audio_folder;  ///< that paths of clips are relative to
    StudyBootstrap bootstrap;
};

/// Another study that this one is compared with.
struct OtherStudy {
    std::string recipe;
    std::vector<StudyComparison> comparisons;
};

/// The tables for a terminal and for Markdown: a line for each configuration, mean over the seeds and 95 % interval,
/// the comparisons, the paper's table; then the answers to the paper's two questions, a sentence each.
std::string study_table(const StudyScores& scores, const StudyMetrics& metrics, const StudyBootstrap& bootstrap,
                        const std::optional<OtherStudy>& other);

/// The contents of study.json, format 2: everything that the page of the report shows. Metrics, comparisons, answers,
/// the paper's table, learning curves, confusion matrix, first-layer filters, hardest clips. Throws Error (unreadable)
/// when a log or a model of the runs cannot be read.
std::string study_json(const StudyDescription& description, const StudyScores& scores, const StudyMetrics& metrics,
                       const std::optional<OtherStudy>& other);

}  // namespace earmark
