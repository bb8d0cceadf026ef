// folder FOLDER [N]: tags the audio files of a folder and its subfolders, many at a time, shows progress, and cancels
// after N files.
#include <earmark/audio_files.h>
#include <earmark/tagger_pool.h>

#include <iostream>
#include <stop_token>
#include <string>

int main(int argument_count, char** arguments) try {
    if (argument_count < 2) return 2;
    const earmark::FolderWalk walk = earmark::walk_folder(arguments[1]);
    for (const auto& folder : walk.unreadable) std::cerr << folder.error << '\n';
    const std::size_t count = walk.audio_files.size();
    const std::size_t most = argument_count > 2 ? std::stoul(arguments[2]) : count;

    earmark::TaggerPool pool(earmark::default_model());
    std::stop_source stop;
    std::size_t done_count = 0;
    pool.run(
        walk.audio_files,
        [&](const earmark::PoolResult& result) {
            std::cout << ++done_count << '/' << count << ' ' << result.path.filename().string() << ": "
                      << (result.error ? result.error->what() : std::to_string(result.clip.duration_s) + " s") << '\n';
            if (done_count >= most) stop.request_stop();
        },
        stop.get_token());
    std::cout << (done_count < count ? "canceled\n" : "done\n");
} catch (const earmark::Error& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
