#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace earmark {

/// How far the tagging of files has come, and the texts for people about it.
struct BatchCounts {
    std::size_t tagged_count = 0;
    std::size_t failed_count = 0;
    std::size_t warning_count = 0;          ///< tagged, with a warning
    std::size_t passed_over_count = 0;      ///< films without audio, in folders
    std::optional<std::size_t> file_count;  ///< in all; nothing while that is not known
    double audio_s = 0.0;                   ///< that was decoded, also of files in work
    double in_work = 0.0;                   ///< the shares of the files in work that are done, added up
    double declared_s = 0.0;                ///< of the one file in work, where its header has it and it is the only one
    double elapsed_s = 0.0;

    std::size_t done_count() const noexcept { return tagged_count + failed_count + passed_over_count; }
};

/// From 0 to 1; nothing while the number of files is not known.
std::optional<double> done_share(const BatchCounts& counts);

/// "12/300 files, 2 failed, 8.4/s, 845x real time, 3 min left". Of a single file: "2 min of 1 h 10 min, 845x real time,
/// 5 s left". What is not known yet is left out; "looking for audio files" while nothing is known.
std::string progress_text(const BatchCounts& counts);

/// "36 s: 8.4/s, 845x real time".
std::string work_rate(const BatchCounts& counts);

/// "298 files tagged (1 with a warning), 2 failed, in 36 s: 8.4/s, 845x real time".
std::string summary(const BatchCounts& counts);

}  // namespace earmark
