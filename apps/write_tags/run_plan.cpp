#include "apps/write_tags/run_plan.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>
#include <span>

#include "apps/common/interrupt.h"
#include "apps/common/program.h"
#include "apps/common/progress_line.h"
#include "apps/common/visible_text.h"
#include "apps/write_tags/hard_link_note.h"
#include "base/content_digest.h"
#include "base/counted.h"
#include "earmark/error.h"
#include "metadata/new_file.h"

namespace earmark {
namespace {

std::string digest_of_plan(const metadata::Plan& plan) {
    ContentDigest digest;
    const std::string text = plan_to_text(plan);
    digest.add(std::as_bytes(std::span(text)));
    return digest.text();
}

std::filesystem::path state_folder() {
    if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
        return std::filesystem::path(state) / "earmark";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
        return std::filesystem::path(home) / ".local/state/earmark";
    throw Error(ErrorCode::usage, "HOME is not set; expected --journal FILE");
}

std::filesystem::path journal_path(const std::string& named, const std::string& plan_digest) {
    constexpr std::size_t digit_count = 12;
    if (!named.empty()) return named;
    const std::filesystem::path folder = state_folder() / "write-tags";
    std::error_code ignored;  // who writes there will see
    std::filesystem::create_directories(folder, ignored);
    return folder / (plan_digest.substr(0, digit_count) + ".journal");
}

// Each folder once.
class Cleaner {
public:
    void clean(const std::filesystem::path& file) {
        std::error_code error;
        const std::filesystem::path folder = std::filesystem::canonical(file, error).parent_path();
        if (!error && done_.insert(folder).second) metadata::remove_leftover_new_files(folder);
    }

private:
    std::set<std::filesystem::path> done_;
};

struct Counts {
    std::size_t done_count = 0;
    std::size_t already_count = 0;
    std::size_t failed_count = 0;
};

ExitStatus end(const Counts& counts, const char* done, const char* already, bool is_stopped) {
    std::cout << counted(counts.done_count, "file") << " " << done;
    if (counts.already_count > 0) std::cout << ", " << counts.already_count << " " << already;
    if (counts.failed_count > 0) std::cout << ", " << counts.failed_count << " left as they are";
    std::cout << "\n";
    if (is_stopped) print_message("stopped: run it again to go on");
    return is_stopped || counts.failed_count > 0 ? ExitStatus::item_failed : ExitStatus::all_done;
}

// A file that was written, restored and written again has several records, and counts once.
class UndoneFiles {
public:
    void add(const std::filesystem::path& path, metadata::UndoState state) {
        const bool is_restored = state == metadata::UndoState::restored;
        raise(path, is_restored ? Outcome::restored : Outcome::already_done);
    }

    // Whether nothing was known of it before.
    bool add_failed(const std::filesystem::path& path) { return raise(path, Outcome::failed); }

    Counts counts() const {
        Counts counts;
        for (const auto& [path, outcome] : outcomes_)
            ++(outcome == Outcome::restored       ? counts.done_count
               : outcome == Outcome::already_done ? counts.already_count
                                                  : counts.failed_count);
        return counts;
    }

private:
    enum class Outcome { failed, already_done, restored };

    bool raise(const std::filesystem::path& path, Outcome outcome) {
        const auto [found, is_new] = outcomes_.emplace(path, outcome);
        found->second = std::max(found->second, outcome);
        return is_new;
    }

    std::map<std::filesystem::path, Outcome> outcomes_;
};

}  // namespace

ExitStatus apply_plan(const std::string& plan_file, const std::string& journal, const metadata::WriteOptions& options) {
    catch_interrupts();
    const metadata::Plan plan = metadata::read_plan(plan_file);
    const std::string digest = digest_of_plan(plan);
    metadata::JournalWriter writer(journal_path(journal, digest), digest);
    Cleaner cleaner;
    Counts counts;
    std::size_t index = 0;
    ProgressLine progress("files");
    for (; index < plan.files.size() && !interrupted(); ++index) {
        const metadata::PlannedFile& file = plan.files[index];
        progress.show(index, plan.files.size());
        try {
            cleaner.clean(file.path);
            const metadata::WriteResult result = write_fields(file, plan, writer, options);
            const bool is_written = result.state == metadata::WriteResult::State::written;
            ++(is_written ? counts.done_count : counts.already_count);
            if (result.other_names > 0) {
                progress.clear();
                print_message(file.path.string() + ": " + hard_link_note(result.other_names));
            }
        } catch (const metadata::JournalError& error) {
            progress.clear();
            print_message(error.what());
            break;
        } catch (const Error& error) {
            progress.clear();
            print_message(error.what());
            ++counts.failed_count;
        }
    }
    progress.clear();
    const ExitStatus status = end(counts, "written", "had the values already", index < plan.files.size());
    if (counts.done_count + counts.already_count > 0)
        std::cout << "To undo it: earmark write-tags --undo " << visible(writer.path().string()) << "\n";
    flush_standard_output();
    return status;
}

ExitStatus undo_journal(const std::string& journal_file) {
    catch_interrupts();
    if (std::error_code failure; std::filesystem::is_empty(journal_file, failure) && !failure)
        throw Error(ErrorCode::usage, journal_file + ": is empty; expected a journal of earmark write-tags");
    metadata::JournalWriter writer{std::filesystem::path(journal_file)};
    const metadata::Journal journal(journal_file);
    for (const std::string& problem : journal.problems()) print_message(problem);
    Cleaner cleaner;
    UndoneFiles files;
    ProgressLine progress("files");
    std::size_t left = journal.record_count();
    for (; left > 0 && !interrupted(); --left) {
        progress.show(journal.record_count() - left, journal.record_count());
        const metadata::JournalRecord record = journal.record(left - 1);
        try {
            cleaner.clean(record.path);
            files.add(record.path, undo(record, journal.may_be_torn(left - 1), writer));
        } catch (const metadata::JournalError& error) {
            progress.clear();
            print_message(error.what());
            break;
        } catch (const Error& error) {
            if (!files.add_failed(record.path)) continue;
            progress.clear();
            print_message(error.what());
        }
    }
    progress.clear();
    Counts counts = files.counts();
    counts.failed_count += journal.problems().size();
    const ExitStatus status = end(counts, "restored", "were as before already", left > 0);
    flush_standard_output();
    return status;
}

}  // namespace earmark
