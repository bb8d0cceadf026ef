// 300 files of 20 containers in one call, 60 of them broken in various ways: none disturbs another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "tests/program/fixture.h"

namespace earmark {
namespace {

namespace fs = std::filesystem;

struct Container {
    const char* ending;
    const char* coding;  ///< options of ffmpeg
};

const Container containers[] = {
    {"aiff", ""},
    {"ac3", "-c:a ac3"},
    {"au", ""},
    {"caf", "-c:a pcm_s16le"},
    {"flac", "-c:a flac"},
    {"m4a", "-c:a aac"},
    {"mka", "-c:a libvorbis"},
    {"mkv", "-c:a flac"},
    {"mov", "-c:a pcm_s16be"},
    {"mp2", "-c:a mp2"},
    {"mp3", "-c:a libmp3lame"},
    {"mp4", "-c:a aac"},
    {"ogg", "-c:a libvorbis"},
    {"opus", "-c:a libopus"},
    {"ts", "-c:a mp2"},
    {"w64", ""},
    {"wav", ""},
    {"webm", "-c:a libopus"},
    {"wma", "-c:a wmav2"},
    {"wv", "-c:a wavpack"},
};

const char* const pieces[] = {"jazz-trio.wav", "rock-band.mp3", "piano-ballad.flac"};

class ManyFiles : public ProgramTest {
protected:
    /// Files of equal bytes whose names differ in their folders alone.
    struct Piece {
        std::vector<std::string> copies;
    };

    /// 240 files: each piece in each container, four of each. Those of the last piece have an ending that promises
    /// another container.
    std::vector<Piece> make_good() const {
        std::vector<Piece> good;
        for (const char* piece : pieces) {
            encode(piece);
            for (const Container& container : containers) {
                const std::string ending =
                    std::string("-") + container.ending + "." + (piece == pieces[2] ? "mp3" : container.ending);
                good.emplace_back();
                for (const char* folder : {"a/", "b/", "c/", "d/"})
                    good.back().copies.push_back(
                        copy(path(std::string(piece) + "." + container.ending), folder + (piece + ending)));
            }
        }
        return good;
    }

    /// 60 files, of each of which there is one line on standard error.
    std::vector<std::string> make_bad() const {
        std::vector<std::string> files;
        for (const Container& container : containers) {
            const std::string whole = read_text(path(std::string(pieces[0]) + "." + container.ending));
            const std::string ending = std::string(".") + container.ending;
            files.push_back(write("in-header" + ending, whole.substr(0, 11)));
            if (must_notice_cut(container.ending))
                files.push_back(write("half" + ending, whole.substr(0, whole.size() / 2)));
        }
        std::mt19937 random(16);
        std::string noise(20'000, '\0');
        std::ranges::generate(noise, [&] { return static_cast<char>(random() % 128); });
        for (const char* ending : {".wav", ".mp3", ".ogg", ".m4a"}) {
            files.push_back(write(std::string("empty") + ending, ""));
            files.push_back(write(std::string("text") + ending, "These are words.\n"));
            files.push_back(write(std::string("zeros") + ending, std::string(20'000, '\0')));
            files.push_back(write(std::string("noise") + ending, noise));
            files.push_back(path(std::string("bad/missing") + ending));
        }
        files.push_back(write("list.m3u", "#EXTM3U\n/etc/passwd\n"));
        files.push_back(write("page.flac", "<!DOCTYPE html><html><body>404</body></html>"));
        files.push_back(copy(recording("silent_film.mp4"), "bad/film.mp4"));
        files.push_back(copy(recording("silent_film.mkv"), "bad/film.mkv"));
        files.push_back(copy(model(), "bad/model.mp3"));
        files.push_back(path("bad/folder.mp3"));
        fs::create_directories(files.back());
        files.push_back(path("bad/nowhere.mp3"));
        fs::create_symlink("missing.mp3", files.back());
        files.push_back(path("bad/loop.mp3"));
        fs::create_symlink("loop.mp3", files.back());
        return files;
    }

    /// The line of a file that is tagged by a call of its own.
    std::string tagged_alone(const std::string& file) const {
        const Outcome outcome = tag({"--format", "jsonl", "--jobs", "1", file});
        EXPECT_EQ(outcome.exit_status, 0) << file;
        EXPECT_EQ(outcome.err, "") << file;
        return outcome.out.substr(0, outcome.out.find('\n'));
    }

    static std::string with_path(std::string line, const std::string& from, const std::string& to) {
        const std::size_t place = line.find(from);
        return place == std::string::npos ? line : line.replace(place, from.size(), to);
    }

private:
    // Formats that state how long they are, or whose end is marked.
    static bool must_notice_cut(const std::string& ending) {
        static const std::set<std::string> noticed{"aiff", "au",  "caf", "flac", "m4a", "mka",
                                                   "mov",  "mp4", "ogg", "w64",  "wav", "wv"};
        return noticed.contains(ending);
    }

    std::string copy(const fs::path& from, const std::string& name) const {
        fs::create_directories((folder_.path() / name).parent_path());
        fs::copy_file(from, path(name));
        return path(name);
    }

    std::string write(const std::string& name, const std::string& bytes) const {
        return folder_.write("bad/" + name, bytes).string();
    }

    void encode(const std::string& piece) const {
        std::string command = "ffmpeg -nostdin -v error -ss 3 -t 1.5 -i '" EARMARK_SAMPLES_DIR "/" + piece + "'";
        for (const Container& container : containers) {
            command += std::string(" -map 0:a -ac 2 -ar 44100 -bitexact -strict -2 ") +
                       (std::string_view(container.ending) == "webm" || std::string_view(container.ending) == "opus"
                            ? "-ar 48000 "
                            : "") +
                       container.coding + " '" + path(piece + "." + container.ending) + "'";
        }
        ASSERT_EQ(std::system(command.c_str()), 0) << command;
    }
};

TEST_F(ManyFiles, give_what_each_gives_alone_and_a_line_for_each_that_is_broken) {
    const std::vector<Piece> good = make_good();
    const std::vector<std::string> bad = make_bad();
    EXPECT_EQ(bad.size(), 60U);
    std::vector<std::string> all(bad);
    for (const Piece& piece : good) all.insert(all.end(), piece.copies.begin(), piece.copies.end());
    ASSERT_EQ(all.size(), 300U);
    std::shuffle(all.begin(), all.end(), std::mt19937(16));

    std::vector<std::string> arguments{"--format", "jsonl", "--jobs", "4"};
    arguments.insert(arguments.end(), all.begin(), all.end());
    const Outcome outcome = tag(arguments);
    EXPECT_EQ(outcome.exit_status, 1);
    const std::vector<std::string> results = lines_of(outcome.out);
    ASSERT_EQ(results.size(), all.size());
    std::map<std::string, std::string> result_of;
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(nlohmann::json::parse(results[i])["path"], all[i]);
        result_of[all[i]] = results[i];
    }
    for (const std::string& file : bad) {
        const std::string start = "earmark: " + file + ": ";
        const auto is_about = [&](const std::string& line) { return line.starts_with(start); };
        EXPECT_EQ(std::ranges::count_if(lines_of(outcome.err), is_about), 1) << file;
    }
    EXPECT_EQ(lines_of(outcome.err).size(), bad.size()) << outcome.err;
    for (const Piece& piece : good) {
        const std::string alone = tagged_alone(piece.copies.front());
        for (const std::string& file : piece.copies)
            EXPECT_EQ(result_of[file], with_path(alone, piece.copies.front(), file)) << file;
    }
}

}  // namespace
}  // namespace earmark
