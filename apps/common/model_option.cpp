#include "apps/common/model_option.h"

namespace earmark {
namespace {

constexpr const char* description =
    "Model file, or the name of an installed model: 'default', 'free' or 'paper' (default: the one that EARMARK_MODEL "
    "names, else 'default')";

}  // namespace

void add_model_option(CLI::App& command, std::string& model) {
    command.add_option("--model", model, description)->type_name("FILE");
}

void add_model_argument(CLI::App& command, std::string& model) { command.add_option("FILE", model, description); }

}  // namespace earmark
