#include "apps/common/one_file.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "apps/common/file_progress.h"
#include "apps/common/inputs.h"
#include "apps/common/interrupt.h"
#include "apps/common/pool_item.h"
#include "apps/common/program.h"
#include "base/write_file.h"

namespace earmark {

bool read_one_file(const std::string& file, const std::string& command, double max_duration_s,
                   const std::function<ClipResult(ReadOptions reading)>& read) {
    catch_interrupts();
    const InterruptWatch interrupt;
    try {
        const PoolItem item = pool_item({file, "", false});
        if (item.error) throw Error(*item.error);
        FileProgress progress(command);
        ReadOptions reading;
        reading.stop = interrupt.token();
        reading.max_duration_s = max_duration_s;
        reading.on_progress = [&progress](double done_s, std::optional<double> declared_s) {
            progress.show(done_s, declared_s);
        };
        const ClipResult clip = read(std::move(reading));
        if (!clip.warning.empty()) print_message(file + ": warning: " + clip.warning);
        return true;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::usage) throw;
        print_message(interrupted() ? "stopped: nothing was written" : error.what());
        return false;
    }
}

void check_output(const std::string& out, const std::string& format,
                  std::initializer_list<const char*> binary_formats) {
    if (!out.empty()) return check_writable(out);
    if (std::ranges::find(binary_formats, format) != binary_formats.end() && ::isatty(STDOUT_FILENO) != 0)
        throw Error(ErrorCode::usage, "--format " + format + ": is not for a terminal; expected --out");
}

void write_output(const std::string& out, const std::string& text) {
    if (!out.empty()) return write_file(out, text);
    std::cout << text;
    flush_standard_output();
}

void write_output(const std::string& out, const std::function<void(const TextSink& sink)>& write) {
    if (out.empty()) {
        write([](std::string_view portion) { std::cout << portion; });
        return flush_standard_output();
    }
    FileReplacement file(out);
    write([&file](std::string_view portion) { file.write(portion); });
    file.finish();
}

}  // namespace earmark
