#include "ExactParts.h"

#include <string.h>

#include "Internal/Clones.h"
#include "Internal/Eights.h"

#pragma STDC FP_CONTRACT OFF

// 2^10 numbers below 2^e add up to less than 2^53 units of 2^(e - 41).
enum { mostRows = CK_EXACT_ROWS, spareBits = 11 };

typedef union {
  Doubles8 all;
  double each[8];
} Lanes;

static inline __attribute__((always_inline)) double largest(const double *values, size_t count) {
  Lanes most = {.all = (Doubles8)0.0};
  for (size_t i = 0; i < count; i += 8) {
    const Words8 bits = WORDS8(values + i) & INT64_MAX;
    const Words8 own = (Words8)most.all;
    // As integers: those of NaN are above those of infinity.
    most.all = (Doubles8)(bits > own ? bits : own);
  }
  uint64_t bits = 0;
  for (int lane = 0; lane < 8; lane++) {
    uint64_t own;
    memcpy(&own, most.each + lane, 8);
    bits = own > bits ? own : bits;
  }
  double value;
  memcpy(&value, &bits, 8);
  return value;
}

static double twoTo(int exponent) {
  const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
  double value;
  memcpy(&value, &bits, 8);
  return value;
}

// Adding and taking away a number 2^spareBits times beyond all values leaves their upper bits, of which
// every sum is exact; what is left of a value is exact, too (Rump, Ogita, Oishi 2008: ExtractVector).
KERNEL int ck_exact_parts(const double *values, size_t count, double *parts) {
  double rests[mostRows + 8];
  if (count > mostRows) return CK_NO_PARTS;
  memcpy(rests, values, count * sizeof *rests);
  memset(rests + count, 0, 8 * sizeof *rests);
  for (int part = 0; part < CK_EXACT_PARTS; part++) {
    const double most = largest(rests, count);
    if (most == 0) return part;
    uint64_t bits;
    memcpy(&bits, &most, 8);
    const int exponent = (int)(bits >> 52) - 1022;
    if (exponent > 1000 || exponent < -900) return CK_NO_PARTS;
    const Doubles8 beyond = (Doubles8)0.0 + 1.5 * twoTo(exponent + spareBits);
    Lanes sum = {.all = (Doubles8)0.0};
    for (size_t i = 0; i < count; i += 8) {
      const Doubles8 value = DOUBLES8(rests + i);
      const Doubles8 upper = (value + beyond) - beyond;
      sum.all += upper;
      *(Doubles8 *)(rests + i) = value - upper;
    }
    double total = 0;
    for (int lane = 0; lane < 8; lane++) total += sum.each[lane];
    parts[part] = total;
  }
  return largest(rests, count) == 0 ? CK_EXACT_PARTS : CK_NO_PARTS;
}
