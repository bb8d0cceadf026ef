#include "training/report/shown_study.h"

#include "base/write_file.h"
#include "training/report/report_page.h"
#include "training/report/study_report.h"
#include "training/run/run_folder.h"
#include "training/study/study.h"
#include "training/study/study_comparison.h"
#include "training/study/study_settings.h"

namespace earmark {
namespace {

// That of the settings may be gone: the study itself is there.
std::optional<std::filesystem::path> other_study(const std::optional<std::filesystem::path>& compared,
                                                 const StudySettings& settings) {
    if (compared || !settings.compared) return compared;
    return std::filesystem::exists(*settings.compared) ? settings.compared : std::nullopt;
}

std::optional<OtherStudy> comparison_with(const std::optional<std::filesystem::path>& other,
                                          const StudySettings& settings, const StudyScores& scores,
                                          const StudyBootstrap& bootstrap) {
    if (!other) return std::nullopt;
    const StudyScores theirs = read_study(*other, settings.seeds, settings.fold_count);
    const auto run = run_folders(*other, settings.seeds.front(), settings.fold_count).front();
    return OtherStudy{RunFolder(run).recipe().name, compare_studies(scores, theirs, bootstrap)};
}

}  // namespace

ShownStudy show_study(const std::filesystem::path& study, const std::optional<std::filesystem::path>& compared,
                      std::size_t thread_count) {
    const StudySettings settings = read_study_settings(study);
    const StudyScores scores = read_study(study, settings.seeds, settings.fold_count);
    const StudyBootstrap bootstrap{settings.resample_count, settings.by_artist, thread_count};
    const StudyMetrics metrics = study_metrics(scores, bootstrap);
    const auto other = comparison_with(other_study(compared, settings), settings, scores, bootstrap);
    const StudyDescription description{.study = study,
                                       .recipe = settings.recipe,
                                       .data = settings.data,
                                       .command = settings.command,
                                       .date = settings.date,
                                       .machine = settings.machine,
                                       .audio_folder = settings.audio_folder,
                                       .bootstrap = bootstrap};
    const std::string json = study_json(description, scores, metrics, other);
    return {study_table(scores, metrics, bootstrap, other), json, report_page(json)};
}

std::filesystem::path write_shown_study(const std::filesystem::path& study, const ShownStudy& shown) {
    std::filesystem::path page = study / "report.html";
    write_file(study / "study.json", shown.json + "\n");
    write_file(page, shown.page);
    return page;
}

}  // namespace earmark
