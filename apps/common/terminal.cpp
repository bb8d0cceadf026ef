#include "apps/common/terminal.h"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <clocale>
#include <cstdlib>
#include <cwchar>

namespace earmark {
namespace {

bool is_utf8_locale() {
    setlocale(LC_CTYPE, "");
    return std::string_view(nl_langinfo(CODESET)) == "UTF-8";
}

int terminal_columns(int descriptor) {
    winsize size{};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

}  // namespace

Terminal describe_terminal(int descriptor) {
    Terminal terminal;
    terminal.is_terminal = isatty(descriptor) == 1;
    const char* kind = std::getenv("TERM");
    const bool is_dumb = kind != nullptr && std::string_view(kind) == "dumb";
    terminal.has_color = terminal.is_terminal && !is_dumb && std::getenv("NO_COLOR") == nullptr;
    terminal.has_unicode = is_utf8_locale();
    terminal.column_count = terminal_columns(descriptor);
    return terminal;
}

std::string styled(std::string_view text, std::string_view style, const Terminal& terminal) {
    if (!terminal.has_color) return std::string(text);
    return "\033[" + std::string(style) + "m" + std::string(text) + "\033[0m";
}

std::size_t display_width(std::string_view text) {
    std::mbstate_t state{};
    std::size_t width = 0;
    while (!text.empty()) {
        wchar_t character = 0;
        const std::size_t length = std::mbrtowc(&character, text.data(), text.size(), &state);
        if (length == 0 || length > text.size()) {  // a zero byte, or not in the locale's encoding: one column per byte
            state = {};
            ++width;
            text.remove_prefix(1);
            continue;
        }
        width += static_cast<std::size_t>(std::max(wcwidth(character), 0));
        text.remove_prefix(length);
    }
    return width;
}

std::string padded(std::string_view text, std::size_t width) {
    const std::size_t used = display_width(text);
    return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

}  // namespace earmark
