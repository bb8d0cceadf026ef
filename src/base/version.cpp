#include "earmark/version.h"

namespace earmark {

const char* library_version() noexcept { return EARMARK_VERSION; }

}  // namespace earmark
