// Any bytes as a recipe: an error or a recipe, which written anew with either output is one again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "earmark/error.h"
#include "training/recipe/recipe.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    earmark::Recipe recipe;
    try {
        recipe = earmark::parse_recipe(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
    } catch (const earmark::Error&) {
        return 0;
    }
    // From here on an exception is a finding.
    for (const auto output : {earmark::OutputKind::sigmoid, earmark::OutputKind::softmax}) {
        const earmark::Recipe other = earmark::with_output(recipe, output);
        const earmark::Recipe again = earmark::parse_recipe(other.text, "again");
        if (again.output != output || again.name != recipe.name || again.networks != recipe.networks) std::abort();
    }
    return 0;
}
