#include "apps/train/console_listener.h"

#include <cmath>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "apps/common/interrupt.h"
#include "apps/common/program.h"

namespace earmark {
ConsoleListener::ConsoleListener(std::function<void()> begun) : progress_line_(""), begun_(std::move(begun)) {
    catch_interrupts();
}

void ConsoleListener::phase(const Phase& phase) {
    if (phase.kind == Phase::Kind::networks) is_side_by_side_ = true;
    if (phase.kind == Phase::Kind::aggregation) is_side_by_side_ = false;
    if (phase.kind == Phase::Kind::trained && phase.task) shares_.erase(to_string(*phase.task));
    begin(to_string(phase));
}

void ConsoleListener::begin(const std::string& what) {
    progress_line_.clear();
    note_ = what;
    if (begun_) begun_();
    std::cerr << what + "\n" << std::flush;
}

void ConsoleListener::warning(const Warning& warning) { message(to_string(warning)); }

void ConsoleListener::device(const ComputeDevice& device) {
    progress_line_.clear();
    std::cerr << "device: " + to_string(device) + "\n" << std::flush;
}

void ConsoleListener::message(const std::string& text) {
    progress_line_.clear();
    print_message(text);
}

void ConsoleListener::progress(const Progress& progress) {
    if (!progress.task) return progress_line_.show(progress.done, progress.all, note_);
    show_side_by_side(*progress.task, static_cast<double>(progress.done) / static_cast<double>(progress.all));
}

void ConsoleListener::show_side_by_side(const TaskId& task, double share) {
    shares_[to_string(task)] = share;
    std::string text;
    double sum = 0.0;
    for (const auto& [name, done] : shares_) {
        text += (text.empty() ? "" : "  ") + name + ": " + std::to_string(std::lround(100.0 * done)) + " %";
        sum += done;
    }
    progress_line_.show_text(sum / static_cast<double>(shares_.size()), text);
}

void ConsoleListener::epoch(const EpochReport& report, std::optional<double> remaining_s) {
    progress_line_.clear();
    std::ostringstream line;
    if (is_side_by_side_) line << "  " << to_string(report.task);
    line << "  epoch " << std::setw(3) << report.epoch << "  stage " << report.stage << "/" << report.stage_count
         << std::fixed << std::setprecision(4) << "  loss " << report.loss << "  valid loss " << report.valid_loss;
    if (report.valid_roc_auc) line << "  valid ROC-AUC " << *report.valid_roc_auc;
    if (report.frames_per_second > 0.0) line << "  " << std::llround(report.frames_per_second) << " frames/s";
    line << "  " << (report.is_kept ? "kept" : "    ");
    if (remaining_s) line << "  about " << duration_text(*remaining_s) << " left";
    std::cerr << line.str() + "\n" << std::flush;
}

bool ConsoleListener::stop_requested() { return interrupted(); }

}  // namespace earmark
