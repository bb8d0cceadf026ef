#pragma once

// Compilers name a sanitizer in a macro of their own or in __has_feature.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define EARMARK_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define EARMARK_SANITIZED 1
#endif
#endif

/// Before a function whose loop the compiler can vectorize: builds it for several processors, and the fitting one is
/// chosen when the program starts (by level: GCC would choose "arch=haswell" on that one processor only). Results are
/// the same, since no clone may contract products and sums. Not with any sanitizer, whose runtime is not ready yet
/// when that choice is made (the program would crash before main), and not with compilers that lack it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(EARMARK_SANITIZED)
#define EARMARK_VECTOR_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define EARMARK_VECTOR_CLONES
#endif
