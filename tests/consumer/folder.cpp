// folder FOLDER [N]: tags the files of a folder, many at a time, shows progress, and cancels after N files.
#include <earmark/file_tagger.h>
#include <earmark/tagger_pool.h>

#include <filesystem>
#include <iostream>
#include <stop_token>
#include <string>
#include <vector>

int main(int argument_count, char** arguments) {
    if (argument_count < 2) return 2;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(arguments[1])) files.push_back(entry.path());
    const std::size_t most = argument_count > 2 ? std::stoul(arguments[2]) : files.size();

    earmark::TaggerPool pool(earmark::default_model());
    std::stop_source stop;
    std::size_t done_count = 0;
    pool.run(
        files,
        [&](const earmark::PoolResult& result) {
            std::cout << ++done_count << '/' << files.size() << ' ' << result.path.filename().string() << ": "
                      << (result.error ? result.error->what() : std::to_string(result.clip.duration_s) + " s") << '\n';
            if (done_count >= most) stop.request_stop();
        },
        stop.get_token());
    std::cout << (done_count < files.size() ? "cancelled\n" : "done\n");
}
