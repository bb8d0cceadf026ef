// Writes a model file as a new file is written: in the newest format version, with a checksum. The model stays the
// same, and so does its identity. For files that were written before there were checksums.
//
// Usage: build/dev/tests/model/earmark_rewrite_model MODEL
#include <iostream>

#include "earmark/error.h"
#include "earmark/model.h"

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: earmark_rewrite_model MODEL\n";
        return 2;
    }
    try {
        earmark::write_model(earmark::read_model(arguments[1]), arguments[1]);
    } catch (const earmark::Error& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
