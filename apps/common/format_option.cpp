#include "apps/common/format_option.h"

#include <filesystem>

#include "apps/common/option_checks.h"
#include "earmark/error.h"

namespace earmark {

void add_format_option(CLI::App& command, std::string& format, std::vector<std::string> formats,
                       const std::string& description) {
    CLI::Option* option = command.add_option("--format", format, description)->check(one_of(std::move(formats)));
    if (!format.empty()) option->capture_default_str();
}

std::string format_by_ending(const std::string& format, const std::string& out, const FormatsByEnding& formats) {
    if (!format.empty()) return format;
    const std::string ending = std::filesystem::path(out).extension().string();
    std::vector<std::string> endings;
    for (const auto& [known, meant] : formats) {
        if (known == ending) return meant;
        endings.push_back(known);
    }
    throw Error(ErrorCode::usage, "--out: " + out + ": expected --format, or a name that ends with " + listed(endings));
}

}  // namespace earmark
