#include "SortedWindow.h"

#include "Internal/Clones.h"

// From the first number that is not below the one taken, each gives way to the next; then each place
// holds the middle one of what it kept, what the place before kept, and the number put in. All places
// are written, which has no branches to guess.
#define REPLACE(NAME, TYPE, LANES, LEAST, NEXT_LANES, LAST_LANES)                            \
  KERNEL void ck_replace_sorted_##NAME(TYPE *window, size_t vectors, TYPE taken, TYPE put) { \
    typedef TYPE Vector __attribute__((ext_vector_type(LANES), aligned(sizeof(TYPE))));      \
    Vector here = *(const Vector *)window, before = LEAST;                                   \
    for (size_t v = 0; v < vectors; v++) {                                                   \
      Vector *place = (Vector *)(window + v * LANES);                                        \
      const Vector next = place[1];                                                          \
      const Vector kept =                                                                    \
          here < (Vector)taken ? here : __builtin_shufflevector(here, next, NEXT_LANES);     \
      const Vector left = __builtin_shufflevector(before, kept, LAST_LANES);                 \
      const Vector least = kept < (Vector)put ? kept : (Vector)put;                          \
      *place = left > least ? left : least;                                                  \
      before = kept;                                                                         \
      here = next;                                                                           \
    }                                                                                        \
  }

#define LIST(...) __VA_ARGS__

REPLACE(i32, int32_t, 8, INT32_MIN, LIST(1, 2, 3, 4, 5, 6, 7, 8), LIST(7, 8, 9, 10, 11, 12, 13, 14))
REPLACE(f64, double, 4, -__builtin_inf(), LIST(1, 2, 3, 4), LIST(3, 4, 5, 6))
