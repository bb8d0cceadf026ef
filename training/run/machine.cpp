#include "training/run/machine.h"

#include <ctime>
#include <fstream>
#include <thread>

namespace earmark {

std::string machine() {
    std::ifstream file("/proc/cpuinfo");
    std::string processor = "unknown processor";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("model name")) {
            processor = line.substr(line.find(':') + 2);
            break;
        }
    }
    return processor + ", " + std::to_string(std::thread::hardware_concurrency()) + " cores";
}

std::string today() {
    const std::time_t now = std::time(nullptr);
    std::tm date{};
    gmtime_r(&now, &date);
    char text[16];
    std::strftime(text, sizeof(text), "%Y-%m-%d", &date);
    return text;
}

}  // namespace earmark
