#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/program/program.h"
#include "tests/support/music_library.h"
#include "tests/support/temporary_folder.h"

namespace earmark {

/// Tests of `earmark library` with a database that no scan made: six tracks, whose embeddings have three numbers.
class LibraryProgramTest : public testing::Test {
protected:
    LibraryProgramTest() : library_(db()) {
        library_.add_model(std::string(32, '1'), 3, {"genre---Jazz", "mood---Calm", "voice---Vocal"});
        add("a/so what", {1, 0, 0}, {{"Jazz", 0.9}, {"Calm", 0.8}, {"Vocal", 0.1}}, "So What", "Miles Davis", 1959,
            545);
        add("a/blue", {0.9F, 0.3F, 0}, {{"Jazz", 0.8}, {"Calm", 0.9}, {"Vocal", 0.2}}, "Blue", "Miles Davis", 1959,
            340);
        add("b/song", {0.8F, 0, 0.6F}, {{"Jazz", 0.7}, {"Calm", 0.2}, {"Vocal", 0.9}}, "Song", "Ella", 1956, 180);
        add("b/ballad", {0.6F, 0.8F, 0}, {{"Jazz", 0.6}, {"Calm", 0.7}, {"Vocal", 0.3}}, "Ballad", "Bill", 1961, 300);
        add("c/noise", {-1, 0, 0.1F}, {{"Vocal", 0.6}}, "Noise, \"loud\"", "", 0, 100);
        add("c/drone", {0, 0.2F, 1}, {{"Calm", 0.55}}, "", "", 0, 0);
    }

    std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
    std::string db() const { return path("library.db"); }
    std::string track(const std::string& name) const { return path("music/" + name + ".mp3"); }

    void add(const std::string& name, const std::vector<float>& embedding, const std::map<std::string, double>& tags,
             const std::string& title, const std::string& artist, int year, double duration_s) {
        library_.add({track(name), embedding, tags, title, artist, "Album of " + artist, year, duration_s});
    }

    Outcome library(const std::string& command, std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"library", command, "--db", db()});
        return run_earmark(arguments);
    }

    /// The names of the tracks in a list as text.
    std::vector<std::string> names_in(const std::string& text) const {
        std::vector<std::string> names;
        for (const std::string& line : lines_of(text)) {
            const std::string start = path("music/");
            const std::size_t place = line.find(start);
            names.push_back(place == std::string::npos ? line : line.substr(place + start.size()));
            if (names.back().ends_with(".mp3")) names.back().resize(names.back().size() - 4);
        }
        return names;
    }

    TemporaryFolder folder_;
    MusicLibrary library_;
};

}  // namespace earmark
