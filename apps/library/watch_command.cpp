#include "apps/library/watch_command.h"

#include <chrono>
#include <cmath>
#include <memory>
#include <utility>

#include "apps/common/help_formatter.h"
#include "apps/common/installation.h"
#include "apps/common/interrupt.h"
#include "apps/common/option_checks.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/library/folder_watch.h"
#include "apps/library/scan_run.h"
#include "apps/library/scanned_database.h"
#include "catalogue/file_system.h"
#include "catalogue/walk.h"

namespace earmark {
namespace {

struct WatchOptions {
    ScanOptions scan;
    double interval_min = 15.0;
    double quiet_s = 5.0;
};

std::chrono::milliseconds milliseconds(double seconds) {
    return std::chrono::milliseconds(std::llround(seconds * 1000.0));
}

class Watch {
public:
    Watch(const WatchOptions& options, std::stop_token stop)
        : options_(options),
          stop_(std::move(stop)),
          model_(load_model(model_or_default(options.scan.model))),
          database_(options.scan) {}

    ExitStatus run() {
        for (const std::string& path : options_.scan.paths) check_known(path);
        // Before the first scan, so that no change is between them.
        for (const std::filesystem::path& root : scanned_roots(options_.scan, database_.catalogue())) add(root);
        database_.keep();
        bool is_first = true;
        while (!stop_.stop_requested()) {
            scan_library(options_.scan, database_.catalogue(), model_, stop_, is_first);
            is_first = false;
            wait();
        }
        return ExitStatus::all_done;
    }

private:
    // A disk may come later, but not a folder whose name is mistyped.
    void check_known(const std::filesystem::path& path) {
        std::error_code error;
        if (std::filesystem::exists(path, error) ||
            catalogue::present_count(database_.catalogue(), catalogue::track_path(path)) > 0)
            return;
        throw Error(ErrorCode::not_found,
                    path.string() + ": no such file or folder, and the library has no file there");
    }

    void add(const std::filesystem::path& root) {
        const std::string reason = reason_to_search(root);
        if (reason.empty()) return;
        is_periodic_ = true;
        print_message(root.string() + ": " + reason + "; it is searched every " +
                      duration_text(options_.interval_min * 60.0));
    }

    // Why changes of it are not heard of, or empty.
    std::string reason_to_search(const std::filesystem::path& root) {
        std::error_code error;
        if (!std::filesystem::is_directory(root, error)) return "is no folder that is there";
        const catalogue::FileSystem system = catalogue::file_system_of(root);
        if (!system.reports_all) return "is on " + system.name + ", which does not report all changes";
        return folders_.add(root) ? "" : "has more folders than the system watches (fs.inotify.max_user_watches)";
    }

    // Until there may be something new. A change that has not come to an end after a while is looked at all the same.
    void wait() {
        constexpr double long_s = 3600.0;
        const double most_s = is_periodic_ ? options_.interval_min * 60.0 : long_s;
        const auto end = std::chrono::steady_clock::now() + milliseconds(most_s);
        while (!stop_.stop_requested()) {
            if (folders_.wait(milliseconds(options_.quiet_s), milliseconds(most_s), stop_)) return;
            if (is_periodic_ && std::chrono::steady_clock::now() >= end) return;
        }
    }

    const WatchOptions& options_;
    std::stop_token stop_;
    std::shared_ptr<const Model> model_;
    ScannedDatabase database_;
    FolderWatch folders_;
    bool is_periodic_ = false;
};

ExitStatus run(const WatchOptions& options) {
    catch_interrupts();
    const InterruptWatch interrupt;
    return Watch(options, interrupt.token()).run();
}

}  // namespace

void add_watch_command(CLI::App& library, int& exit_status) {
    const auto options = std::make_shared<WatchOptions>();
    CLI::App* command =
        library.add_subcommand("watch", "Scan a library whenever something in it has changed, until it is stopped");
    add_scan_options(*command, options->scan);
    command
        ->add_option("--interval", options->interval_min,
                     "How often folders are searched whose file system does not report changes (NFS, SMB, FUSE), in "
                     "minutes")
        ->type_name("MINUTES")
        ->check(number(0.01))
        ->capture_default_str();
    command->add_option("--quiet", options->quiet_s, "A scan begins once nothing has changed for S seconds")
        ->type_name("S")
        ->check(number(0.0))
        ->capture_default_str();
    command->footer(examples({"earmark library watch ~/Music", "earmark library watch --jobs 1"}));
    command->callback([options, &exit_status] { exit_status = exit_code(run(*options)); });
}

}  // namespace earmark
