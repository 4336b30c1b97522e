#include "Exponential.h"

#include "Internal/Clones.h"

#pragma STDC FP_CONTRACT OFF

#include "Internal/ExponentialSteps.h"

#define EACH(NAME, FUNCTION)                                                      \
  KERNEL void ck_##NAME##_f64(const double *a, double *out, size_t count) {       \
    for (size_t i = 0; i < count; i++) out[i] = FUNCTION(a[i]);                   \
  }

EACH(exp, exponential)
EACH(ln, naturalLog)
EACH(log10, decimalLog)
