#pragma once

/// What other programs may use of the libraries, when these are built as shared libraries: all other symbols are hidden
/// in them. Changes nothing for static libraries.
#if defined(__GNUC__)
#define EARMARK_EXPORT __attribute__((visibility("default")))
#else
#define EARMARK_EXPORT
#endif
