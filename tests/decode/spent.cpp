#include "tests/decode/spent.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <stdexcept>

#include "earmark/decode.h"
#include "earmark/error.h"

namespace earmark::test {
namespace {

struct Report {
    double audio_s = 0.0;
    std::array<char, 1000> message{};
};

Report read_all(const std::filesystem::path& file) {
    constexpr int rate_hz = 22050;
    Report report;
    std::string message;
    try {
        limit_ffmpeg_blocks();
        AudioReader reader(file, rate_hz);
        read_portions(reader, [&](std::span<const float> portion) {
            report.audio_s += static_cast<double>(portion.size()) / rate_hz;
            return true;
        });
        message = reader.warning();
    } catch (const Error& error) {
        message = std::string(error.what()).substr(file.string().size() + 2);
    }
    message.copy(report.message.data(), report.message.size() - 1);
    return report;
}

}  // namespace

Spent spent_on(const std::filesystem::path& file) {
    std::array<int, 2> channel{};
    if (pipe(channel.data()) != 0) throw std::runtime_error("no pipe");
    const pid_t child = fork();
    if (child == 0) {
        const Report report = read_all(file);
        const bool is_written = write(channel[1], &report, sizeof report) == sizeof report;
        _exit(is_written ? 0 : 1);
    }
    close(channel[1]);
    Report report;
    const bool is_read = read(channel[0], &report, sizeof report) == sizeof report;
    close(channel[0]);
    int status = 0;
    rusage usage{};
    wait4(child, &status, 0, &usage);
    if (!is_read || status != 0) throw std::runtime_error(file.string() + ": reading it ended the process");
    return {usage.ru_maxrss / 1024, report.audio_s, report.message.data()};
}

bool measures_memory() {
#ifdef __SANITIZE_ADDRESS__
    return false;
#else
    return true;
#endif
}

AttackFile::AttackFile(const std::string& kind, std::size_t count) {
    std::string folder = (std::filesystem::temp_directory_path() / "earmark_attack_XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) throw std::runtime_error(folder + ": cannot be made");
    folder_ = folder;
    const std::string generator = EARMARK_SOURCE_DIR "/tests/attacks/generate.py";
    const std::string command =
        "python3 '" + generator + "' '" + folder + "' " + kind + " " + std::to_string(count) + " 2> /dev/null";
    if (std::system(command.c_str()) != 0) return;
    path_ = std::filesystem::directory_iterator(folder_)->path();
}

AttackFile::~AttackFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

}  // namespace earmark::test
