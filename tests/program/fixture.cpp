#include "tests/program/fixture.h"

#include <algorithm>

#include "earmark/tagger.h"
#include "tests/support/small_model.h"

namespace earmark {

Model model_of_the_tests() {
    Model model = small_model();
    for (Tag& tag : model.tags) tag.threshold = tag.name == "Rock" || tag.name == "Piano" ? 0.0F : 1.0F;
    return model;
}

Model model_with_self_test() {
    Model model = model_of_the_tests();
    model.self_test.duration_s = 0.5;
    model.self_test.probabilities = self_test_probabilities(std::make_shared<const Model>(model));
    return model;
}

ProgramTest::ProgramTest() { write_model(model_with_self_test(), model()); }

std::string ProgramTest::song(const std::string& name) const {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    std::filesystem::copy_file(recording("long.flac"), folder_.path() / name);
    return path(name);
}

Outcome ProgramTest::tag(std::vector<std::string> arguments, const Surroundings& surroundings) const {
    arguments.insert(arguments.begin(), {"tag", "--model", model()});
    return run_earmark(arguments, surroundings);
}

std::string recording(const std::string& name) { return std::string(EARMARK_GOLDEN_DIR) + "/decode/" + name; }

testing::Matcher<std::string> is_one_line_about(const std::string& subject) {
    const auto is_line = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n') == 1; };
    return testing::AllOf(testing::StartsWith("earmark: " + subject), testing::EndsWith("\n"),
                          testing::ResultOf("is one line", is_line, true));
}

}  // namespace earmark
