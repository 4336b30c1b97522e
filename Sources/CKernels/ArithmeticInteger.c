#include "Arithmetic.h"

#include <string.h>

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

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

// 1.5 * 2^52: added to a whole number below 2^51, it leaves that in the low bits.
static const double wholeShift = 6755399441055744.0;

static inline __attribute__((always_inline)) double doubleOf(int64_t whole) {
  double value;
  uint64_t bits = (uint64_t)whole + 0x4338000000000000u;
  memcpy(&value, &bits, 8);
  return value - wholeShift;
}

static inline __attribute__((always_inline)) int64_t wholeOf(double value) {
  const double shifted = value + wholeShift;
  uint64_t bits;
  memcpy(&bits, &shifted, 8);
  return (int64_t)(bits - 0x4338000000000000u);
}

// Below 2^51 the quotient as a double lies on the right side of the whole numbers around it: it is 1
// over the divisor away from them, and rounding moves it by at most a quarter of that.
KERNEL int ck_floor_divide_small(const int64_t *a, const int64_t *b, int remainder, int64_t *out,
                                 size_t count) {
  const uint64_t limit = (uint64_t)1 << 51;
  uint64_t high = 0;
  int zeros = 0;
  for (size_t i = 0; i < count; i++) {
    high |= ((uint64_t)a[i] + limit) | ((uint64_t)b[i] + limit);
    zeros |= b[i] == 0;
  }
  if (high >= 2 * limit || zeros) return 0;
  if (remainder)
    for (size_t i = 0; i < count; i++) {
      const double x = doubleOf(a[i]), y = doubleOf(b[i]);
      out[i] = wholeOf(x - __builtin_floor(x / y) * y);
    }
  else
    for (size_t i = 0; i < count; i++)
      out[i] = wholeOf(__builtin_floor(doubleOf(a[i]) / doubleOf(b[i])));
  return 1;
}

// By a product with 2^(63 + l) / d, rounded up, for 2^(l - 1) < d <= 2^l, whose upper bits are the
// quotient of every number below 2^63 (Granlund and Montgomery 1994). A number below 0 is that of its
// complement, turned round.
int ck_floor_divide_constant(const int64_t *a, const int64_t *b, int remainder, int64_t *out,
                             size_t count) {
  if (count == 0 || b[0] < 2) return 0;
  const uint64_t divisor = (uint64_t)b[0];
  int64_t different = 0;
  for (size_t i = 1; i < count; i++) different |= b[i] ^ b[0];
  if (different) return 0;
  const int bits = 64 - __builtin_clzll(divisor - 1);
  const uint64_t factor = (uint64_t)(((__uint128_t)1 << (63 + bits)) / divisor) + 1;
  for (size_t i = 0; i < count; i++) {
    const uint64_t sign = (uint64_t)(a[i] >> 63);
    const uint64_t magnitude = (uint64_t)a[i] ^ sign;
    const uint64_t upper = (uint64_t)((__uint128_t)magnitude * factor >> 64) >> (bits - 1);
    const uint64_t quotient = upper ^ sign;
    out[i] = (int64_t)(remainder ? (uint64_t)a[i] - quotient * divisor : quotient);
  }
  return 1;
}
