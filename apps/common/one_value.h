#pragma once

#include <CLI/App.hpp>

namespace earmark {

/// Makes every option of all commands take one value each time it is given. Options with several values have them
/// separated by commas, or are given several times; CLI11 alone would also take the arguments that follow, such as
/// PATH in '--levels 1,2 PATH'. Arguments without a name still take many.
void take_one_value_per_option(CLI::App& app);

}  // namespace earmark
