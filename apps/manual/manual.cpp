// earmark-manual OUT VERSION FILE...: writes manual pages and shell completion below OUT, from the files that the
// programs write with --describe-commands. Used by the build alone.
#include <exception>
#include <filesystem>
#include <iostream>

#include "apps/manual/command_tree.h"
#include "apps/manual/completion.h"
#include "apps/manual/man_page.h"
#include "base/write_file.h"

namespace earmark {
namespace {

void write(const std::filesystem::path& file, const std::string& text) {
    std::filesystem::create_directories(file.parent_path());
    write_file(file, text);
}

void write_all(const std::filesystem::path& out, const std::string& version, const Command& program) {
    for (const NamedCommand& named : all_commands(program))
        write(out / "man/man1" / (page_name(named.full_name) + ".1"), man_page(named, program, version));
    write(out / "bash-completion/completions/earmark", bash_completion(program));
    write(out / "zsh/site-functions/_earmark", zsh_completion(program));
    write(out / "fish/vendor_completions.d/earmark.fish", fish_completion(program));
}

}  // namespace
}  // namespace earmark

int main(int argument_count, char** arguments) try {
    if (argument_count < 4) throw std::runtime_error("usage: earmark-manual OUT VERSION FILE...");
    const std::vector<std::filesystem::path> files(arguments + 3, arguments + argument_count);
    earmark::write_all(arguments[1], arguments[2], earmark::read_commands(files));
    return 0;
} catch (const std::exception& error) {
    std::cerr << "earmark-manual: " << error.what() << '\n';
    return 2;
}
