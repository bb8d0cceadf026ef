#include "training/run/configuration_choice.h"

#include "earmark/error.h"

namespace earmark {

EmbeddingFile parse_embedding_file(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
        throw Error(ErrorCode::usage, "--features " + text + ": expected NAME=FILE");
    }
    return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace earmark
