#pragma once
// Every kernel is compiled for three instruction sets, and the loader takes the best one that the
// machine has. The loops are plain; products and sums are never fused, so that all give the same. (Under a
// thread sanitizer the choice would be made before that has begun.)
#if defined(__x86_64__) && defined(__clang__) && defined(__linux__) && \
    !__has_feature(thread_sanitizer)
#define KERNEL __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define KERNEL
#endif
