// Gives a model file the self-test that a new file gets; everything else in it stays as it is. For files that were
// written before the self-test noticed a wrong last segment.
//
// Usage: build/dev/tests/tagger/earmark_renew_self_test MODEL
#include <iostream>
#include <memory>

#include "earmark/error.h"
#include "earmark/tagger.h"

int main(int argument_count, char** arguments) {
    if (argument_count != 2) {
        std::cerr << "usage: earmark_renew_self_test MODEL\n";
        return 2;
    }
    try {
        earmark::Model model = earmark::read_model(arguments[1]);
        model.self_test = {};
        model.self_test.duration_s = earmark::self_test_duration_s(model);
        model.self_test.probabilities = earmark::self_test_probabilities(std::make_shared<const earmark::Model>(model));
        earmark::write_model(model, arguments[1]);
    } catch (const earmark::Error& error) {
        std::cerr << error.what() << '\n';
        return 2;
    }
    return 0;
}
