#include "Summary.h"

#include "Internal/Clones.h"

// What fell is kept in the width of the values, so that all three results fill vectors alike.
#define SUMMARISE(NAME, TYPE)                                                            \
  KERNEL int ck_summarise_##NAME(const TYPE *a, size_t count, TYPE *low, TYPE *high) {   \
    TYPE least = a[0], greatest = a[0], fell = 0;                                        \
    for (size_t i = 1; i < count; i++) {                                                 \
      least = a[i] < least ? a[i] : least;                                               \
      greatest = a[i] > greatest ? a[i] : greatest;                                      \
      fell |= a[i] < a[i - 1] ? 1 : 0;                                                   \
    }                                                                                    \
    *low = least;                                                                        \
    *high = greatest;                                                                    \
    return fell != 0;                                                                    \
  }

SUMMARISE(i8, int8_t)
SUMMARISE(i16, int16_t)
SUMMARISE(i32, int32_t)
SUMMARISE(i64, int64_t)
