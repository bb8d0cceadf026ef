#pragma once

#include <string>
#include <vector>

#include "tests/program/fixture.h"

namespace earmark {

/// A data set of the project's own pieces. Nobody sings in it, all of it is of the eighties, and a label is unknown to
/// the model.
inline constexpr const char* project_pieces =
    "path\tsplit\ttags\n"
    "SAMPLES/rock-band.mp3\ttest\tgenre---Rock,era---80s\n"
    "SAMPLES/piano-ballad.flac\ttest\tmood---Calm,instrument---Piano,era---80s\n"
    "SAMPLES/jazz-trio.wav\ttest\tinstrument---Piano,era---80s,genre---Jazz\n"
    "SAMPLES/techno.ogg\tvalid\tera---80s\n"
    "SAMPLES/folk-guitar.m4a\tvalid\tmood---Calm\n";

/// Pieces of one label each, three artists and one that is unknown.
inline constexpr const char* pieces_of_one_label =
    "path\tsplit\ttags\tartist\n"
    "SAMPLES/rock-band.mp3\ttest\tgenre---Rock\tBand\n"
    "SAMPLES/piano-ballad.flac\ttest\tinstrument---Piano\tPianist\n"
    "SAMPLES/jazz-trio.wav\ttest\tinstrument---Piano\tPianist\n"
    "SAMPLES/techno.ogg\ttest\tera---80s\tBand\n"
    "SAMPLES/folk-guitar.m4a\ttest\tmood---Calm\t\n";

class EvaluateTest : public ProgramTest {
protected:
    EvaluateTest() { write_manifest(project_pieces); }

    void write_manifest(std::string text) const {
        const std::string word = "SAMPLES";
        for (std::size_t place = 0; (place = text.find(word)) != std::string::npos;)
            text.replace(place, word.size(), EARMARK_SAMPLES_DIR);
        folder_.write("manifest.tsv", text);
    }

    Outcome evaluate(std::vector<std::string> arguments, const Surroundings& surroundings = {}) const {
        arguments.insert(arguments.begin(), {"evaluate", "--model", model(), "--data", folder_.path()});
        return run_earmark(arguments, surroundings);
    }

    std::string manifest_line(int number) const { return path("manifest.tsv") + ":" + std::to_string(number) + ": "; }
};

}  // namespace earmark
