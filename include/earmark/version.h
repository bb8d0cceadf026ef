#pragma once

#include "earmark/export.h"

/// The version of these headers, for the preprocessor: before 1.0, a new minor number may change the interface.
#define EARMARK_VERSION_MAJOR 0
#define EARMARK_VERSION_MINOR 1
#define EARMARK_VERSION_PATCH 0
#define EARMARK_VERSION "0.1.0"

namespace earmark {

/// The version of the library that is linked, for example "0.1.0": with a shared library it may be another than
/// EARMARK_VERSION. Thread-safe.
EARMARK_EXPORT const char* library_version() noexcept;

}  // namespace earmark
