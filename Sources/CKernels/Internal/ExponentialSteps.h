#pragma once
#include <stdint.h>
#include <string.h>

// The reductions and polynomials are those of fdlibm (Sun Microsystems 1993: e_exp, e_log) and,
// for log10, the two-part sum of FreeBSD's e_log10; written here without branches, so that a
// compiler makes vectors of them. Every step is one rounding of IEEE 754, in the same order on all
// instruction sets: files that include this switch contraction off.

#define INLINE static inline __attribute__((always_inline))

static const double ln2High = 6.93147180369123816490e-01;  // Its last 32 bits are 0.
static const double ln2Low = 1.90821492927058770002e-10;
static const double inverseLn2 = 1.44269504088896338700e+00;
// 1.5 * 2^52: adding it rounds to a whole number, which is then in the low bits.
static const double roundingShift = 6755399441055744.0;

INLINE uint64_t bitsOf(double x) {
  uint64_t bits;
  memcpy(&bits, &x, 8);
  return bits;
}

INLINE double doubleOf(uint64_t bits) {
  double x;
  memcpy(&x, &bits, 8);
  return x;
}

// e^(high + low) for |high| < 745, |low| tiny.
INLINE double expParts(double high, double low) {
  double shifted = high * inverseLn2 + roundingShift;
  double k = shifted - roundingShift;
  double reducedHigh = high - k * ln2High;
  double reducedLow = k * ln2Low - low;
  double r = reducedHigh - reducedLow;
  double t = r * r;
  double c =
      r - t * (1.66666666666666019037e-01 +
               t * (-2.77777777770155933842e-03 +
                    t * (6.61375632143793436117e-05 +
                         t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  double y = 1.0 - ((reducedLow - (r * c) / (2.0 - c)) - reducedHigh);
  // 2^k in two factors, so that results below the normal range are rounded once and not lost.
  int64_t whole = (int64_t)(bitsOf(shifted) - bitsOf(roundingShift));
  int64_t half = (int64_t)((uint64_t)(whole + 2048) >> 1) - 1024;
  double first = doubleOf((uint64_t)(half + 1023) << 52);
  double second = doubleOf((uint64_t)(whole - half + 1023) << 52);
  return y * first * second;
}

INLINE double exponential(double x) {
  double inside = x > 709.8 ? 709.8 : x;
  inside = inside < -745.2 ? -745.2 : inside;
  double y = expParts(inside, 0);
  return x > 709.782712893383973096 ? __builtin_inf() : y;
}

// x = 2^k (1 + f) with 1 + f between sqrt(1/2) and sqrt(2), for positive finite x that is not subnormal.
INLINE double reduceNormal(double x, double *k) {
  uint64_t bits = bitsOf(x);
  // Counted from the bits of sqrt(1/2), the exponent steps where the fraction should turn over.
  uint64_t steps = (bits - 0x3FE6A09E667F3BCDu + ((uint64_t)2048 << 52)) >> 52;
  int64_t exponent = (int64_t)steps - 2048;
  // The subtraction wraps at 2048 * 2^52 = 2^63, which the shift below undoes.
  double m = doubleOf(bits - ((uint64_t)exponent << 52));
  *k = doubleOf(0x4330000000000000u + steps) - (4503599627370496.0 + 2048.0);
  return m - 1.0;
}

// The same for all positive finite x.
INLINE double reduce(double x, double *k) {
  int isTiny = x < 2.2250738585072014e-308;
  double f = reduceNormal(isTiny ? x * 18014398509481984.0 : x, k);  // 2^54
  *k -= isTiny ? 54.0 : 0.0;
  return f;
}

// ln(1 + f) = f - f²/2 + this; s = f / (2 + f).
INLINE double logTail(double f, double halfSquare, double s) {
  double z = s * s;
  double w = z * z;
  double even = w * (3.999999999940941908e-01 +
                     w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double odd = z * (6.666666666666735130e-01 +
                    w * (2.857142874366239149e-01 +
                         w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  (void)f;
  return s * (halfSquare + (even + odd));
}

INLINE double specialLog(double x, double y) {
  y = x == 0 ? -__builtin_inf() : y;
  y = x < 0 ? __builtin_nan("") : y;
  return x == __builtin_inf() || x != x ? x : y;
}

// Where x is known to be normal (see areNormal), the care for other numbers is left out.
INLINE double naturalLog(double x, int isNormal) {
  double k, f = isNormal ? reduceNormal(x, &k) : reduce(x, &k);
  double halfSquare = 0.5 * f * f;
  double tail = logTail(f, halfSquare, f / (2.0 + f));
  double y = k * ln2High - ((halfSquare - (tail + k * ln2Low)) - f);
  return isNormal ? y : specialLog(x, y);
}

// ln x - k ln 2 as a short high part, whose products with short numbers are exact, and the rest.
INLINE double shortLog(double x, int isNormal, double *k, double *low) {
  double f = isNormal ? reduceNormal(x, k) : reduce(x, k);
  double halfSquare = 0.5 * f * f;
  double tail = logTail(f, halfSquare, f / (2.0 + f));
  double high = doubleOf(bitsOf(f - halfSquare) & 0xFFFFFFFF00000000u);
  *low = (f - high) - halfSquare + tail;
  return high;
}

INLINE double decimalLog(double x, int isNormal) {
  const double inverseLn10High = 4.34294481878168880939e-01;
  const double inverseLn10Low = 2.50829467116452752298e-11;
  const double log10Of2High = 3.01029995663611771306e-01;
  const double log10Of2Low = 3.69423907715893078616e-13;
  double k, low;
  double high = shortLog(x, isNormal, &k, &low);
  double valueHigh = high * inverseLn10High;
  double whole = k * log10Of2High;
  double valueLow = k * log10Of2Low + (low + high) * inverseLn10Low + low * inverseLn10High;
  double sum = whole + valueHigh;
  valueLow += (whole - sum) + valueHigh;
  return isNormal ? valueLow + sum : specialLog(x, valueLow + sum);
}

// Whether all are positive, finite and not subnormal: their bits are between those of the least and the
// greatest such number. A look at them costs a sixth of what the shorter logarithm saves, measured.
INLINE int areNormal(const double *values, size_t count) {
  uint64_t outside = 0;
  for (size_t i = 0; i < count; i++) {
    const uint64_t above = bitsOf(values[i]) - 0x0010000000000000u;
    outside |= above | (0x7FDFFFFFFFFFFFFFu - above);
  }
  return !(outside >> 63);
}
