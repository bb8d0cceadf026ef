#include "apps/common/model_option.h"

namespace earmark {

void add_model_option(CLI::App& command, std::string& model) {
    command
        .add_option("--model", model,
                    "Model file, or the name of an installed model: 'default', 'free' or 'paper' (default: the one "
                    "that EARMARK_MODEL names, else 'default')")
        ->type_name("FILE");
}

}  // namespace earmark
