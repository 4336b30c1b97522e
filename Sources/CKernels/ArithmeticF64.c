#include "Arithmetic.h"
#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#define BINARY(NAME, EXPRESSION)                                                            \
  KERNEL void ck_##NAME##_f64_vv(const double *left, const double *right, double *out,      \
                                 size_t count) {                                            \
    for (size_t i = 0; i < count; i++) {                                                    \
      double a = left[i], b = right[i];                                                     \
      out[i] = EXPRESSION;                                                                  \
    }                                                                                       \
  }                                                                                         \
  KERNEL void ck_##NAME##_f64_vc(const double *left, double b, double *out, size_t count) { \
    for (size_t i = 0; i < count; i++) {                                                    \
      double a = left[i];                                                                   \
      out[i] = EXPRESSION;                                                                  \
    }                                                                                       \
  }                                                                                         \
  KERNEL void ck_##NAME##_f64_cv(double a, const double *right, double *out, size_t count) { \
    for (size_t i = 0; i < count; i++) {                                                    \
      double b = right[i];                                                                  \
      out[i] = EXPRESSION;                                                                  \
    }                                                                                       \
  }

// fmod is exact; the remainder takes the divisor's sign by adding the divisor once.
static inline double remainder_of(double a, double b) {
  double rest = __builtin_fmod(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
}

// From the exact remainder, so that quotient and remainder agree where a / b rounds to a whole.
static inline double floored_quotient(double a, double b) {
  double rest = __builtin_fmod(a, b);
  double quotient = (a - rest) / b - (rest != 0 && (rest < 0) != (b < 0) ? 1 : 0);
  double whole = __builtin_floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
}

BINARY(add, a + b)
BINARY(subtract, a - b)
BINARY(multiply, a *b)
BINARY(divide, a / b)
BINARY(least, (a < b || b != b) ? a : b)
BINARY(greatest, (a > b || a != a) ? a : b)
BINARY(floor_divide, floored_quotient(a, b))
BINARY(remainder, remainder_of(a, b))

#define UNARY(NAME, EXPRESSION)                                                      \
  KERNEL void ck_##NAME##_f64(const double *values, double *out, size_t count) {     \
    for (size_t i = 0; i < count; i++) {                                             \
      double a = values[i];                                                          \
      out[i] = EXPRESSION;                                                           \
    }                                                                                \
  }

UNARY(negate, -a)
UNARY(absolute, __builtin_fabs(a))
UNARY(square_root, __builtin_sqrt(a))
UNARY(floor, __builtin_floor(a))
UNARY(ceil, __builtin_ceil(a))

// The greatest double below a half: adding the half itself would round 0.49999999999999994 up.
static inline double wholeAwayFromZero(double a) {
  return __builtin_trunc(a + __builtin_copysign(0.49999999999999994, a));
}

UNARY(round, wholeAwayFromZero(a))

KERNEL void ck_round_behind_f64(const double *values, double power, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double a = values[i], scaled = a * power, rounded = wholeAwayFromZero(scaled) / power;
    // From 2^52 on a double has nothing behind the point; NaN is not less either.
    out[i] = __builtin_fabs(scaled) < 0x1p52 ? rounded : a;
  }
}

KERNEL void ck_round_before_f64(const double *values, double power, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const double scaled = values[i] / power;
    out[i] = (__builtin_fabs(scaled) < 0x1p52 ? wholeAwayFromZero(scaled) : scaled) * power;
  }
}
