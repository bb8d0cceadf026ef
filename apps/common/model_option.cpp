#include "apps/common/model_option.h"

namespace earmark {

void add_model_option(CLI::App& command, std::string& model) {
    command
        .add_option("--model", model,
                    "Model file, or 'default' (default: the one that EARMARK_MODEL names, else the default model)")
        ->type_name("FILE");
}

}  // namespace earmark
