#pragma once

/// Before a function whose loop the compiler can vectorise: builds it for several processors, and the fitting one is
/// chosen when the program starts (by level: GCC would choose "arch=haswell" on that one processor only). Results are
/// the same, since no clone may contract products and sums. Not with the sanitizers, whose runtime is not ready yet
/// when that choice is made, and not with compilers that lack it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define EARMARK_VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EARMARK_VECTOR_CLONES
#endif
