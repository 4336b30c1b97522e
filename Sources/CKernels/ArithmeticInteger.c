#include "Arithmetic.h"
#include "Internal/Clones.h"

// Unsigned inside, so that wrapping is defined.
#define BINARY(NAME, TYPE, UNSIGNED, EXPRESSION)                                          \
  KERNEL void ck_##NAME##_vv(const TYPE *left, const TYPE *right, TYPE *out,              \
                             size_t count) {                                              \
    for (size_t i = 0; i < count; i++) {                                                  \
      TYPE a = left[i], b = right[i];                                                     \
      out[i] = (TYPE)(EXPRESSION);                                                        \
    }                                                                                     \
  }                                                                                       \
  KERNEL void ck_##NAME##_vc(const TYPE *left, TYPE b, TYPE *out, size_t count) {         \
    for (size_t i = 0; i < count; i++) {                                                  \
      TYPE a = left[i];                                                                   \
      out[i] = (TYPE)(EXPRESSION);                                                        \
    }                                                                                     \
  }                                                                                       \
  KERNEL void ck_##NAME##_cv(TYPE a, const TYPE *right, TYPE *out, size_t count) {        \
    for (size_t i = 0; i < count; i++) {                                                  \
      TYPE b = right[i];                                                                  \
      out[i] = (TYPE)(EXPRESSION);                                                        \
    }                                                                                     \
  }

#define FAMILY(SUFFIX, TYPE, UNSIGNED)                                        \
  BINARY(add_##SUFFIX, TYPE, UNSIGNED, (UNSIGNED)a + (UNSIGNED)b)             \
  BINARY(subtract_##SUFFIX, TYPE, UNSIGNED, (UNSIGNED)a - (UNSIGNED)b)        \
  BINARY(multiply_##SUFFIX, TYPE, UNSIGNED, (UNSIGNED)a *(UNSIGNED)b)         \
  BINARY(least_##SUFFIX, TYPE, UNSIGNED, a < b ? a : b)                       \
  BINARY(greatest_##SUFFIX, TYPE, UNSIGNED, a > b ? a : b)

FAMILY(i32, int32_t, uint32_t)
FAMILY(i64, int64_t, uint64_t)

#define CHECKED(NAME, BUILTIN)                                                               \
  int ck_checked_##NAME(const int64_t *a, const int64_t *b, int64_t *out,                    \
                        uint64_t *overflows, size_t count) {                                 \
    uint64_t all = 0;                                                                        \
    for (size_t w = 0; w < (count + 63) / 64; w++) {                                         \
      size_t end = count - w * 64 < 64 ? count - w * 64 : 64;                                \
      uint64_t bits = 0;                                                                     \
      for (size_t i = 0; i < end; i++) {                                                     \
        long long value;                                                                     \
        bits |= (uint64_t)BUILTIN((long long)a[w * 64 + i], (long long)b[w * 64 + i], &value) \
                << i;                                                                        \
        out[w * 64 + i] = value;                                                             \
      }                                                                                      \
      overflows[w] = bits;                                                                   \
      all |= bits;                                                                           \
    }                                                                                        \
    return all != 0;                                                                         \
  }

CHECKED(add, __builtin_saddll_overflow)
CHECKED(subtract, __builtin_ssubll_overflow)
CHECKED(multiply, __builtin_smulll_overflow)
