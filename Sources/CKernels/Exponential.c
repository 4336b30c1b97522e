#include "Exponential.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

#define EACH(NAME, FUNCTION)                                                      \
  KERNEL void ck_##NAME##_f64(const double *a, double *out, size_t count) {       \
    for (size_t i = 0; i < count; i++) out[i] = FUNCTION(a[i]);                   \
  }

EACH(exp, exponential)

// By pieces, most of which hold none of the numbers that need more care.
#define LOGARITHM(NAME, FUNCTION)                                                 \
  KERNEL void ck_##NAME##_f64(const double *a, double *out, size_t count) {       \
    enum { piece = 256 };                                                         \
    for (size_t at = 0; at < count; at += piece) {                                \
      const size_t end = count - at < piece ? count : at + piece;                 \
      if (areNormal(a + at, end - at))                                            \
        for (size_t i = at; i < end; i++) out[i] = FUNCTION(a[i], 1);             \
      else                                                                        \
        for (size_t i = at; i < end; i++) out[i] = FUNCTION(a[i], 0);             \
    }                                                                             \
  }

LOGARITHM(ln, naturalLog)
LOGARITHM(log10, decimalLog)
